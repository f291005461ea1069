import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { identityOf } from "@demarc/deploy";
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

it("ends the pip that a killed command left, before it throws away what that writes into", async () => {
  const { requirements, layout } = repository();
  const left = spawn("sleep", ["600"]);
  const ended = once(left, "exit");
  mkdirSync(layout.venvs, { recursive: true });
  writeFileSync(path.join(layout.venvs, "installing.json"), JSON.stringify(await identityOf(left.pid ?? 0)));

  const python = pythonWith("exit 0");
  await installPackages(requirements, python, virtualEnvironmentFor(requirements, python, layout), layout, process.env);
  expect(await ended).toEqual([null, "SIGKILL"]);
});

it("says while it installs which process to end after a kill, and nothing more once it is done", async () => {
  const { requirements, layout } = repository();
  const installing = path.join(layout.venvs, "installing.json");
  const python = pythonWith(`while [ ! -s ${installing} ]; do sleep 0.1; done; cp ${installing} ${layout.home}/seen`);
  await installPackages(requirements, python, virtualEnvironmentFor(requirements, python, layout), layout, process.env);
  expect(JSON.parse(readFileSync(path.join(layout.home, "seen"), "utf8"))).toEqual({
    pid: expect.any(Number),
    started: expect.any(String),
  });
  expect(existsSync(installing)).toBe(false);
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
