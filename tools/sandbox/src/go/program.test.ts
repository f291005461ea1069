import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { layoutOf } from "../layout";
import { goProgram, type GoSource } from "./program";
import { temporaryFolder } from "../testing/temporary-folder";

const GO = { version: "1.26.8", platform: "linux/amd64" };

/** A module with one program, a cache for it, and a `go` that copies the program's source to where the binary is wanted. */
function workshop() {
  const folder = temporaryFolder("go");
  const module = path.join(folder, "module");
  mkdirSync(module);
  writeFileSync(path.join(module, "go.mod"), "module example.com/hello\n\ngo 1.26\n");
  writeFileSync(path.join(module, "main.go"), "package main\n");
  const PATH = fakeGo(folder, 'echo "$@" >> ../calls; shift $(($# - 2)); cp main.go "$1"');
  const source: GoSource = { name: "hello", folder: module, packages: { hello: "." }, usually: "1 minute" };
  const layout = layoutOf(folder);
  return { folder, module, source, layout, variables: { PATH } };
}

/** A PATH whose `go` is that script. */
function fakeGo(folder: string, script: string): string {
  const bin = path.join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(path.join(bin, "go"), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(bin, "go"), 0o755);
  return `${bin}:/bin:/usr/bin`;
}

it("is built once, and tells what it builds and how long that takes", async () => {
  const { folder, source, layout, variables } = workshop();
  const program = goProgram(source, layout, GO);
  expect(program.complete).toBe(false);

  const said: string[] = [];
  await program.build((line) => said.push(line), variables);
  expect(said).toEqual(["Building hello with Go 1.26.8, once (usually 1 minute) …"]);
  expect(program.complete).toBe(true);
  expect(readFileSync(program.binary("hello"), "utf8")).toBe("package main\n");

  const again = goProgram(source, layout, GO);
  await again.build((line) => said.push(line), variables);
  expect(said).toHaveLength(1);
  expect(readFileSync(path.join(folder, "calls"), "utf8").trim().split("\n")).toHaveLength(1);
});

it.each([
  ["its source changes", ({ module }) => writeFileSync(path.join(module, "main.go"), "package main // changed\n")],
  ["its sums change", ({ module }) => writeFileSync(path.join(module, "go.sum"), "changed\n")],
] satisfies [string, (made: ReturnType<typeof workshop>) => void][])("is built anew when %s", async (_, change) => {
  const made = workshop();
  const { source, layout, variables } = made;
  await goProgram(source, layout, GO).build(() => undefined, variables);
  change(made);
  expect(goProgram(source, layout, GO).complete).toBe(false);
});

it.each([
  ["another Go", {}, { ...GO, version: "1.26.9" }],
  ["another machine", {}, { ...GO, platform: "darwin/arm64" }],
  ["other flags", { flags: ["-ldflags=-s"] }, GO],
])("is built anew for %s", async (_, changed, go) => {
  const { source, layout, variables } = workshop();
  await goProgram(source, layout, GO).build(() => undefined, variables);
  expect(goProgram({ ...source, ...changed }, layout, go).complete).toBe(false);
});

it("that cannot be built says Go's reason and where the rest is, and leaves nothing that looks built", async () => {
  const { folder, source, layout } = workshop();
  const failing = fakeGo(folder, "echo 'go: downloading x'; echo 'main.go:3: undefined: y' >&2; exit 1");
  const program = goProgram(source, layout, GO);
  await expect(program.build(() => undefined, { PATH: failing })).rejects.toThrow(
    "hello could not be built: main.go:3: undefined: y (all of it: .sandbox/logs/go-hello.log)",
  );
  expect(program.complete).toBe(false);
  expect(readdirSync(layout.go)).toEqual([]);
});

it("builds nothing with a workspace of the user's own, nor with a C compiler", async () => {
  const { folder, source, layout } = workshop();
  const telling = fakeGo(folder, 'echo "$GOWORK $CGO_ENABLED" > ../seen; shift 4; cp main.go "$1"');
  await goProgram(source, layout, GO).build(() => undefined, { PATH: telling, GOWORK: "/home/me/go.work" });
  expect(readFileSync(path.join(folder, "seen"), "utf8")).toBe("off 0\n");
});

it("has no binary that its source does not name", () => {
  const { source, layout } = workshop();
  expect(() => goProgram(source, layout, GO).binary("other")).toThrow("hello has no binary other");
});
