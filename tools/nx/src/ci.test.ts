import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const CI = path.resolve(__dirname, "../../../.ci");

/** Variables that a script of CI gives the first of these programs that it starts, which fails. */
function variablesOf(script: string, program: string): Record<string, string> {
  const root = mkdtempSync(path.join(tmpdir(), "demarc-ci-"));
  const bin = path.join(root, "bin");
  mkdirSync(bin);
  cpSync(path.join(CI, script), path.join(root, ".ci", script));
  writeFileSync(path.join(bin, program), `#!/bin/sh\nenv > "${root}/env"\nexit 1\n`);
  chmodSync(path.join(bin, program), 0o755);
  // nx keeps results for all checkouts of a machine, unless it is told otherwise.
  const { NX_SKIP_NX_CACHE, CI: _, ...inherited } = process.env;
  const { status } = spawnSync(path.join(root, ".ci", script), ["1"], {
    env: { ...inherited, PATH: `${bin}:${process.env["PATH"] ?? ""}` },
  });
  expect(status).toBe(1);
  const lines = readFileSync(path.join(root, "env"), "utf8").split("\n");
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
}

it.each([
  ["run", "npm"],
  ["repeat", "npx"],
])("CI's %s takes no result of a test from nx's cache, and ends where one fails", (script, program) => {
  expect(variablesOf(script, program)).toMatchObject({ CI: "true", NX_SKIP_NX_CACHE: "true" });
});
