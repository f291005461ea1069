import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { deployableProjects } from "@demarc/deploy";
import { allEnvironments, type Environment } from "@demarc/shared/environment";
import { trustService } from "@demarc/shared/iam";
import { synthesizeInto, WorkspaceRole, WorkspaceStack } from "@demarc/shared/stack";
import { infra } from "@demarc/shared/workspace";
import { z } from "zod";

const ROOT = path.resolve(__dirname, "../../../..");

const maker = z.object({ by: z.string(), stack: z.string() });
const table = z.object({
  rows: z.array(z.object({ thing: z.string(), madeBy: z.record(z.string(), z.array(maker)) })),
});

let home: string;
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), "demarc-ownership-"));
});
afterAll(() => {
  rmSync(home, { recursive: true });
});

/** A synth of infra with one stack, which has a role. */
function synthOf(environment: Environment): string {
  const outdir = path.join(home, "infra");
  synthesizeInto(
    (app) => {
      const stack = new WorkspaceStack(app, { workspace: infra, environment, stack: "network" });
      new WorkspaceRole(stack, "role", {
        name: "gateway",
        description: "a test's",
        trust: trustService("ec2.amazonaws.com"),
      });
    },
    [environment],
    { outdir },
  );
  return outdir;
}

/** Where the command of every workspace is found first: it notes what it is asked, and has that synth at hand for infra, for others none. */
function workspacesWith(synth: string): string {
  const none = path.join(home, "none");
  mkdirSync(none);
  writeFileSync(path.join(none, "manifest.json"), JSON.stringify({ stacks: {} }));
  const program = [
    "#!/bin/sh",
    `echo "$PWD $DEMARC_ENVIRONMENT" >> '${home}/asked'`,
    `case "$PWD" in */packages/infra) synth='${synth}' ;; *) synth='${none}' ;; esac`,
    'cp -R "$synth" "$CDKTF_OUTDIR"',
  ];
  const bin = path.join(home, "bin");
  mkdirSync(bin);
  writeFileSync(path.join(bin, "npx"), program.join("\n"), { mode: 0o755 });
  return bin;
}

// What the workspaces themselves make is in docs/ownership.md, whose test synthesizes them.
it("asks every workspace of this repository, and prints what they make, whatever the shell is aimed at", async () => {
  const [environment] = allEnvironments();
  if (environment === undefined) throw new Error("there is no environment");
  const PATH = [workspacesWith(synthOf(environment)), process.env.PATH].join(":");
  const ownership = ["--import", "tsx", "tools/inspect/src/ownership/main.ts"];
  const { stdout } = await promisify(execFile)(process.execPath, [...ownership, environment.name, "--format", "json"], {
    cwd: ROOT,
    env: { ...process.env, PATH, DEMARC_SANDBOX: "/nowhere", DEMARC_TARGET: "/nowhere" },
  });
  const { rows } = table.parse(JSON.parse(stdout));
  const made = { [infra.team(environment)]: [{ by: "stack", stack: `${environment.name}-network` }] };
  expect(rows).toEqual([{ thing: "IAM role", madeBy: made }]);
  const asked = readFileSync(path.join(home, "asked"), "utf8").trim().split("\n");
  expect(asked.sort()).toEqual(
    deployableProjects(ROOT)
      .map(({ directory }) => `${directory} ${environment.name}`)
      .sort(),
  );
}, 60_000);
