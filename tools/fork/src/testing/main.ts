import { spawnSync } from "node:child_process";
import path from "node:path";
import { TemporaryRepository } from "@demarc/nx/src/testing/repository";
import { allApps } from "@demarc/shared/apps";
import { allEnvironments } from "@demarc/shared/environment";
import { z } from "zod";
import { forkOf } from "./company";
import { write } from "./write";

const ROOT = path.resolve(__dirname, "../../../..");
const WORKSPACE = /^((packages|packages\/apps|tools)\/[\w-]+)\/package\.json$/;

/** What other values may change: what the stacks of the environments look like. */
const SNAPSHOTS = /^packages\/(infra|k8s-platform|apps\/[\w-]+)\/src\/__snapshots__\/stacks\.test\.ts\.snap$/;

/**
 * Shows that a company can fork the repository: a copy with other values, put in as the README says, passes what `npm test` runs of
 * what reads them, and no file is to be changed for it but its own snapshots. Where it does not pass, the copy stays.
 */
function main(): void {
  const copy = copyOfThisRepository();
  write(copy, forkOf(allEnvironments(), allApps()), allApps());
  const prettier = ["--ignore-unknown", "--log-level=warn"];
  run(copy, "prettier", "--write", ...prettier, ...changed(copy));
  run(copy, "tsx", "tools/generate/src/main.ts");
  run(copy, "git", "add", "--all");
  run(copy, "prettier", "--check", ...prettier, ...changed(copy));
  run(copy, "eslint", "--config=eslint.config.mjs", ...changed(copy).filter((file) => file.endsWith(".ts")));
  run(copy, "knip", "--no-config-hints");
  const affected = ["affected", "--base=HEAD", "--skip-nx-cache"];
  run(copy, "nx", ...affected, "--target=typecheck");
  run(copy, "nx", ...affected, "--target=test", "--", "--coverage.enabled=false", "--update");
  const others = changed(copy, "--unstaged").filter((file) => !SNAPSHOTS.test(file));
  if (others.length > 0)
    throw new Error(`the tests wrote other files than snapshots of environments: ${others.join(", ")}`);
  copy.remove();
}

/** With all of its files that Git knows or would take, in the state that they are in. */
function copyOfThisRepository(): TemporaryRepository {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const files = spawnSync("git", args, { cwd: ROOT, encoding: "utf8" }).stdout.trim().split("\n");
  const copy = new TemporaryRepository(files);
  for (const file of files.filter((file) => WORKSPACE.test(file))) {
    copy.link(z.object({ name: z.string() }).parse(JSON.parse(copy.read(file))).name, path.dirname(file));
  }
  copy.commit();
  console.log(`The copy with another company's values is ${copy.root}`);
  return copy;
}

/** Files that differ from the last commit. @param since `--unstaged`: from what was last added */
function changed(copy: TemporaryRepository, since?: "--unstaged"): string[] {
  const commit = since === undefined ? ["HEAD"] : [];
  copy.mustRun("git", "add", "--intent-to-add", ".");
  return copy
    .mustRun("git", "diff", "--name-only", ...commit)
    .split("\n")
    .filter((file) => file !== "");
}

function run(copy: TemporaryRepository, command: string, ...args: readonly string[]): void {
  const started = Date.now();
  const { status, stdout, stderr } = copy.run(command, ...args);
  const what = [command, ...args.slice(0, 4)].join(" ");
  if (status !== 0) throw new Error(`${what} ended with ${String(status)}:\n${stdout}\n${stderr}`);
  console.log(`${what}: ${((Date.now() - started) / 1000).toFixed(0)} s`);
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
