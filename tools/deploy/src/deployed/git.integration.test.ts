import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { affectedIn } from "./affected";
import { commitOf } from "./commit";

let root: string;
let first: string;

const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], {
    cwd: root,
    encoding: "utf8",
  }).trim();

function write(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
}

function commit(): string {
  git("add", "--all");
  git("commit", "--quiet", "--message", "change");
  return git("rev-parse", "HEAD");
}

beforeAll(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "demarc-git-")));
  git("init", "--quiet", "--initial-branch=main");
  symlinkSync(path.resolve(__dirname, "../../../../node_modules"), path.join(root, "node_modules"));
  write(".gitignore", "node_modules\n.nx\nignored\n");
  write("nx.json", "{}");
  write("package.json", JSON.stringify({ name: "root", private: true, workspaces: ["packages/*"] }));
  for (const name of ["infra", "petstore"]) write(`packages/${name}/package.json`, JSON.stringify({ name }));
  first = commit();
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

it("knows the commit that all of the repository is at, in any folder of it", async () => {
  expect(await commitOf(root)).toBe(first);
  expect(await commitOf(path.join(root, "packages/infra"))).toBe(first);
});

it("knows none where something is not committed, in what is ignored, and outside of a repository", async () => {
  write("ignored/package.json", "{}");
  expect(await commitOf(path.join(root, "ignored"))).toBeUndefined();
  expect(await commitOf(mkdtempSync(path.join(tmpdir(), "demarc-no-git-")))).toBeUndefined();
  write("packages/infra/new.ts", "");
  expect(await commitOf(root)).toBeUndefined();
  rmSync(path.join(root, "packages/infra/new.ts"));
});

it("knows which projects changed since a commit, and that it does not know a commit of another history", async () => {
  write("packages/petstore/main.ts", "");
  const second = commit();
  const since = affectedIn(root);
  expect(await since(first)).toEqual(new Set(["petstore"]));
  expect(await since(second)).toEqual(new Set());
  expect(await since("0".repeat(40))).toBeUndefined();
});
