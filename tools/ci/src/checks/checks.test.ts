import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checks } from "./checks";

let root: string;
let first: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "demarc-checks-"));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], {
      cwd: root,
      encoding: "utf8",
    }).trim();
  git("init", "--quiet", "--initial-branch=main");
  git("commit", "--quiet", "--allow-empty", "--message", "first");
  first = git("rev-parse", "HEAD");
  git("checkout", "--quiet", "-b", "branch");
  git("commit", "--quiet", "--allow-empty", "--message", "second");
  // It tells how it was called, and typecheck finds something.
  const npx = `#!/bin/sh\necho "$@" >> "${root}/called"\ncase "$*" in *typecheck*) exit 1 ;; esac\n`;
  mkdirSync(path.join(root, "bin"));
  writeFileSync(path.join(root, "bin/npx"), npx, { mode: 0o755 });
  vi.stubEnv("PATH", `${path.join(root, "bin")}:${process.env["PATH"] ?? ""}`);
  vi.spyOn(console, "log").mockReturnValue();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const called = () => readFileSync(path.join(root, "called"), "utf8").trim().split("\n").slice(2);

it("checks what a branch touches, all of it also where one check finds something", async () => {
  expect(await checks("main", root)).toBe(1);
  expect(called()).toEqual(
    ["lint", "typecheck", "test", "synth"].map((target) => `nx affected -t ${target} --base=${first} --head=HEAD`),
  );
  expect(console.log).toHaveBeenLastCalledWith("\nFailed: typecheck.");
});

it("checks everything where no branch is told", async () => {
  expect(await checks(undefined, root)).toBe(1);
  expect(called()).toEqual(["lint", "typecheck", "test", "synth"].map((target) => `nx run-many -t ${target}`));
});
