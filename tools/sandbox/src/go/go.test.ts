import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findGo } from "./go";
import { goModules } from "./modules";
import { temporaryFolder } from "../testing/temporary-folder";

/** Modules that ask for those versions of Go. */
function modulesOf(...versions: string[]): string[] {
  const folder = temporaryFolder("modules");
  return versions.map((version) => {
    const module = path.join(folder, version);
    mkdirSync(module);
    writeFileSync(path.join(module, "go.mod"), `module example.com/m\n\ngo ${version}\n`);
    return module;
  });
}

/** A PATH whose `go` is that script. */
function machineWith(script: string): NodeJS.ProcessEnv {
  const folder = temporaryFolder("path");
  writeFileSync(path.join(folder, "go"), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(folder, "go"), 0o755);
  return { PATH: folder };
}

const answering = (version: string) => machineWith(`printf 'go${version}\\nlinux\\namd64\\n'`);

it("is found with its version and what it builds for", async () => {
  expect(await findGo(modulesOf("1.25.0", "1.26.0"), answering("1.26.8"))).toEqual({
    version: "1.26.8",
    platform: "linux/amd64",
  });
});

it("must be as new as the newest module asks for", async () => {
  const modules = modulesOf("1.25.0", "1.26.0", "1.9");
  const lacking = "Go 1.25.3 is too old to build Kubernetes with: install Go 1.26.0 or later";
  expect(await findGo(modules, answering("1.25.3"))).toEqual({ lacking: expect.stringContaining(lacking) });
});

it("must be as new as the newest module asks for, to the patch", async () => {
  expect(await findGo(modulesOf("1.26.0", "1.26.1"), { PATH: "" })).toEqual({
    lacking: expect.stringContaining("Go 1.26.1 or later"),
  });
});

it("that refuses the module itself is too old", async () => {
  const refusing = machineWith("echo 'go: go.mod requires go >= 1.26.0' >&2; exit 1");
  expect(await findGo(modulesOf("1.26.0"), refusing)).toEqual({
    lacking: expect.stringContaining("The Go that is here is too old"),
  });
});

it("is asked in the folder of the newest module, where one that can gets itself that version", async () => {
  const [older = "", newest = ""] = modulesOf("1.25.0", "1.26.0");
  const fetching = machineWith(
    `case $PWD in ${newest}) printf 'go1.26.0\\nlinux\\namd64\\n';; *) echo go1.24.1;; esac`,
  );
  expect(await findGo([older, newest], fetching)).toMatchObject({ version: "1.26.0" });
});

it("that is missing is told, with what to install", async () => {
  expect(await findGo(modulesOf("1.26.0"), { PATH: "" })).toEqual({
    lacking: expect.stringContaining("There is no Go here, and Kubernetes is built with Go 1.26.0 or later"),
  });
});

it("is needed for every module of the sandbox", () => {
  const names = goModules().map((folder) => path.basename(folder));
  expect(names).toEqual(expect.arrayContaining(["1.35", "kwok"]));
});
