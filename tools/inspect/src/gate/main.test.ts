import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { allEnvironments } from "@demarc/shared/environment";
import { consume, publish } from "@demarc/shared/contract";
import { dnsContract } from "@demarc/shared/contracts";
import { type Build, synthesizeInto, WorkspaceStack } from "@demarc/shared/stack";
import { infra, k8sPlatform } from "@demarc/shared/workspace";
import { TerraformOutput } from "cdktf";
import { type GivenPlan, planText } from "@demarc/gate/testing";

const ROOT = path.resolve(__dirname, "../../../..");
const [environment] = allEnvironments();
const name = environment?.name ?? "";

let home: string;
let env: NodeJS.ProcessEnv;
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), "demarc-gate-"));
  env = { ...process.env, PATH: [workspaces(), process.env.PATH].join(":") };
});
afterAll(() => {
  rmSync(home, { recursive: true });
});

function file(stack: string, text: string): string {
  const written = path.join(home, `${stack}.json`);
  writeFileSync(written, text);
  return written;
}

/** The fixture's environment is the repository's first one, whatever a fork calls it. */
const plan = (stack: string, given: GivenPlan) =>
  file(`${name}-${stack}`, planText(given).replace('"environment":"dev"', `"environment":"${name}"`));

const dns = { zoneId: "z", zoneArn: "arn:z", baseDomain: "example.com", certificateArn: "arn:c" };

/** Where the command of every workspace is found first: infra publishes a contract, k8s-platform takes its zone, others have nothing. */
function workspaces(): string {
  if (environment === undefined) throw new Error("there is no environment");
  const [cluster] = Object.keys(environment.clusters);
  const synth = (folder: string, build: Build) => {
    synthesizeInto(build, [environment], { outdir: path.join(home, folder) });
  };
  synth("infra", (app) =>
    publish(new WorkspaceStack(app, { workspace: infra, environment, stack: "dns" }), dnsContract, dns),
  );
  synth("k8s-platform", (app) => {
    const stack = new WorkspaceStack(app, { workspace: k8sPlatform, environment, stack: "tenancy", cluster });
    new TerraformOutput(stack, "zone", { value: consume(stack, dnsContract).zoneId, staticId: true });
  });
  mkdirSync(path.join(home, "none"));
  writeFileSync(path.join(home, "none/manifest.json"), JSON.stringify({ stacks: {} }));
  const program = [
    "#!/bin/sh",
    `synth='${home}/none'`,
    `case "$PWD" in */packages/infra | */packages/k8s-platform) synth="${home}/$(basename "$PWD")" ;; esac`,
    'cp -R "$synth" "$CDKTF_OUTDIR"',
  ];
  mkdirSync(path.join(home, "bin"));
  writeFileSync(path.join(home, "bin/npx"), program.join("\n"), { mode: 0o755 });
  return path.join(home, "bin");
}

function gate(...files: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const args = ["--import", "tsx", "tools/inspect/src/gate/main.ts", ...files];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: ROOT, env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

it("refuses with everything that it finds in all plans, and no value", async () => {
  const database = { before: { id: "a", password: "hunter2" } };
  const { code, stdout, stderr } = await gate(
    plan("data", { resources: { "aws_db_instance.database": database, "aws_vpc.stays": { before: {}, after: {} } } }),
    plan("network", { resources: { "aws_subnet.a": { before: { id: "subnet-1" } } } }),
  );
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toContain(`REFUSED ${name}-data aws_db_instance.database (state): would be destroyed`);
  expect(stdout).toContain(`REFUSED ${name}-network aws_subnet.a (dependents): would be destroyed`);
  expect(stdout).toContain("2 findings are refused");
  expect(stdout).not.toContain("hunter2");
});

it("synthesizes all workspaces where an output changes, and names who uses it", async () => {
  const { code, stdout, stderr } = await gate(
    plan("dns", { outputs: { dns_v1: { before: dns, after: { ...dns, zoneId: "hunter2", zoneArn: "another" } } } }),
  );
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toContain(
    `REFUSED ${name}-dns output.dns_v1 (contract): zoneId would be another value, which ${name}-`,
  );
  expect(stdout).not.toMatch(/hunter2|zoneArn/);
}, 60_000);

it("says so where nothing is refused", async () => {
  const size = { before: { size: 1 }, after: { size: 2 } };
  const { code, stdout } = await gate(plan("data", { resources: { "aws_db_instance.database": size } }));
  expect({ code, stdout }).toEqual({ code: 0, stdout: "Nothing in these plans is refused.\n" });
});

it("says of every file that is no plan why it is none", async () => {
  const { code, stdout, stderr } = await gate(file("state", '{"values":"hunter2"}'), path.join(home, "nowhere.json"));
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain("state.json is not valid");
  expect(stderr).toContain("nowhere.json is not valid");
  expect(stderr).not.toMatch(/hunter2|^ +at /m);
});
