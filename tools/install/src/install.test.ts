import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ZOD = { "node_modules/zod": { version: "4.6.7", integrity: "sha512-a" } };
const FSEVENTS = { "node_modules/fsevents": { version: "2.3.3", optional: true } };
const INFRA = { "node_modules/@demarc/infra": { resolved: "packages/infra", link: true } };
const WORKSPACE = { "packages/infra": { version: "0.1.0" } };

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "demarc-install-"));
  cpSync(__dirname, path.join(root, "tools/install/src"), { recursive: true });
  write("package.json", { engines: { node: `^${process.versions.node}` } });
  write("package-lock.json", { packages: { "": {}, ...ZOD, ...INFRA, ...FSEVENTS, ...WORKSPACE } });
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(file: string, content: object): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), JSON.stringify(content));
}

function installed(packages: object): void {
  write("node_modules/.package-lock.json", { packages });
}

/** Runs the installer with an npm that only records that it was called, and ends as told. */
function run(npmExitCode = 0): { status: number | null; output: string; stdout: string; calledNpm: boolean } {
  const npm = path.join(root, "bin/npm");
  mkdirSync(path.dirname(npm), { recursive: true });
  writeFileSync(npm, `#!/bin/sh\necho "$@" > called\necho added\nexit ${npmExitCode}\n`);
  chmodSync(npm, 0o755);
  const env = { PATH: `${path.dirname(npm)}:${process.env.PATH ?? ""}` };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/install/src/main.mjs"], {
    cwd: root,
    env,
    encoding: "utf8",
  });
  return { status, output: stdout + stderr, stdout, calledNpm: existsSync(path.join(root, "called")) };
}

describe("the installer", () => {
  it("installs where there is no node_modules", () => {
    expect(run()).toMatchObject({ status: 0, calledNpm: true });
  });

  it("leaves stdout to the script, for a shell may evaluate it", () => {
    const { output, stdout } = run();
    expect(output).toMatch(/Installing [^]*added[^]*Packages are installed/);
    expect(stdout).toBe("");
  });

  it("says and does nothing where what is installed fits the lock file, packages of other platforms missing", () => {
    installed({ ...ZOD, ...INFRA });

    expect(run()).toEqual({ status: 0, output: "", stdout: "", calledNpm: false });
  });

  it.each([
    ["a package is missing", INFRA],
    ["a package has another version", { ...INFRA, "node_modules/zod": { version: "4.6.6", integrity: "sha512-a" } }],
    ["a package has other content", { ...INFRA, "node_modules/zod": { version: "4.6.7", integrity: "sha512-b" } }],
    ["a workspace has moved", { ...ZOD, "node_modules/@demarc/infra": { resolved: "packages/old", link: true } }],
    ["a package is not wanted any more", { ...ZOD, ...INFRA, "node_modules/left": { version: "1.0.0" } }],
  ])("installs where %s", (_, packages) => {
    installed(packages);

    expect(run()).toMatchObject({ status: 0, calledNpm: true });
  });

  it("fails where npm fails", () => {
    expect(run(7)).toMatchObject({ status: 7, output: expect.stringContaining("npm ci failed with exit code 7") });
  });

  it.each(["^99.0.0", `^${process.versions.node.split(".")[0] ?? ""}.99.0`])(
    "names the Node that is needed: %s",
    (range) => {
      write("package.json", { engines: { node: `${range} || ^98.1.0` } });

      const { status, output, calledNpm } = run();

      expect(output).toBe(
        `This is Node ${process.version}, but ${range} || ^98.1.0 is needed. Install one of those and run the command again.\n`,
      );
      expect({ status, calledNpm }).toEqual({ status: 1, calledNpm: false });
    },
  );
});
