import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { layoutOf } from "./layout";
import { installPackages, virtualEnvironmentFor } from "./python-packages";

/** A Python whose venv holds a python that does this when pip is asked. */
function pythonWith(pip: string): { command: string; version: string } {
  const command = path.join(mkdtempSync(path.join(tmpdir(), "demarc-python-")), "python3");
  const inner = `#!/bin/sh\\n${pip}\\n`;
  writeFileSync(
    command,
    `#!/bin/sh\nmkdir -p "$3/bin" && printf '${inner}' > "$3/bin/python" && chmod +x "$3/bin/python"\n`,
  );
  chmodSync(command, 0o755);
  return { command, version: "3.11.7" };
}

function repository(): { requirements: string; layout: ReturnType<typeof layoutOf> } {
  const root = mkdtempSync(path.join(tmpdir(), "demarc-requirements-"));
  const layout = layoutOf(root);
  writeFileSync(path.join(root, "requirements.txt"), "moto==5.2.5\n");
  return { requirements: path.join(root, "requirements.txt"), layout };
}

it("installs once for each content of the file and each Python", async () => {
  const { requirements, layout } = repository();
  const python = pythonWith("exit 0");
  const venv = virtualEnvironmentFor(requirements, python, layout);
  expect(venv.complete).toBe(false);

  await installPackages(requirements, python, venv, layout, process.env);
  expect(virtualEnvironmentFor(requirements, python, layout)).toEqual({ ...venv, complete: true });
  expect(virtualEnvironmentFor(requirements, { ...python, version: "3.12.0" }, layout).complete).toBe(false);
  writeFileSync(requirements, "moto==5.2.6\n");
  expect(virtualEnvironmentFor(requirements, python, layout).complete).toBe(false);
});

it("throws away what a kill left half made", async () => {
  const { requirements, layout } = repository();
  const python = pythonWith("exit 0");
  const venv = virtualEnvironmentFor(requirements, python, layout);
  mkdirSync(venv.directory, { recursive: true });
  writeFileSync(path.join(venv.directory, "half"), "");
  expect(virtualEnvironmentFor(requirements, python, layout).complete).toBe(false);

  await installPackages(requirements, python, venv, layout, process.env);
  expect(existsSync(path.join(venv.directory, "half"))).toBe(false);
});

it("gives pip's reason, and counts nothing as installed", async () => {
  const { requirements, layout } = repository();
  const python = pythonWith("echo ERROR: No matching distribution found for moto==5.2.5; exit 1");
  const venv = virtualEnvironmentFor(requirements, python, layout);

  await expect(installPackages(requirements, python, venv, layout, process.env)).rejects.toThrow(
    /could not be installed: ERROR: No matching distribution found for moto==5\.2\.5 \(all of it: \.sandbox\/logs\/python-packages\.log\)/,
  );
  expect(virtualEnvironmentFor(requirements, python, layout).complete).toBe(false);
});
