import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dnsContract } from "@demarc/shared/contracts";
import { dev } from "@demarc/shared/testing";
import { infra } from "@demarc/shared/workspace";
import { deploy } from "./deployment";
import { deployedStacks } from "./deployed/records";
import { destroy } from "./destruction";
import { deployableProjects } from "./projects";
import { Bucket, DEPLOYED } from "./testing/bucket";
import { type ConsumingStack, outputOf, repositoryOf, synthThatWrites } from "./testing/repository";

/** A Terraform that tells where it was run and what is there, and changes nothing. */
const TERRAFORM = `#!/bin/sh
case "$1" in
  version|-v|--version) echo '{"terraform_version":"1.11.4","platform":"linux_amd64"}' ;;
  init) echo "$PWD: $(ls -A | tr '\\n' ' ')" >> "$RAN" ;;
  show) echo '{}' ;;
  output) echo '{}' ;;
esac
`;

/** Log group of the network. */
const GROUP = "/demarc/dev/flow-logs";
/** Log group of a stack that was never deployed here: a group of that name is somebody else's. */
const FOREIGN = "/demarc/dev/foreign-logs";
/** The network was deployed, and nothing else. */
const NETWORK = { "dev/infra/network.tfstate": DEPLOYED };

/** Deploys infra's network and account by the real cdktf, after a synth that ends with that command. */
async function deployAfter(
  command: string,
  exitCode = 0,
  action: typeof deploy = deploy,
  objects: Readonly<Record<string, string>> = {},
  more: readonly ConsumingStack[] = [],
) {
  const scratch = mkdtempSync(path.join(tmpdir(), "demarc-deployed-"));
  const [bin, ran, home] = ["bin", "ran", "home"].map((name) => path.join(scratch, name)) as [string, string, string];
  mkdirSync(bin);
  writeFileSync(path.join(bin, "terraform"), `${TERRAFORM}exit ${String(exitCode)}\n`);
  chmodSync(path.join(bin, "terraform"), 0o755);
  writeFileSync(ran, "");
  const output = outputOf([
    { workspace: infra, stack: "network", logGroup: GROUP },
    { workspace: infra, stack: "account", scope: "account" },
    ...more,
  ]);
  const app = `${synthThatWrites(output)} && cd "$CDKTF_OUTDIR" && ${command}`;
  const [project] = deployableProjects(repositoryOf({ "packages/infra": app }));
  if (project === undefined) throw new Error("no project");
  const bucket = await new Bucket(objects).open();
  const variables = { PATH: `${bin}${path.delimiter}${process.env["PATH"] ?? ""}`, HOME: scratch, RAN: ran };
  const policies = { exists: () => Promise.resolve(true) };
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const deleted: string[] = [];
  const logGroups = {
    looks: [0],
    isBare: () => Promise.resolve(true),
    delete: (name: string, region: string) => Promise.resolve(void deleted.push(`${name} of ${region}`)),
  };
  const registry = { environments: [dev], apps: [], projects: [] };
  const who = () => Promise.resolve("arn:aws:iam::123456789012:user/ada");
  const asked = { states: bucket.states, policies, logGroups, who };
  const setting = { ...registry, ...asked, variables, root: scratch, home, commit: "3cc1c92", terminal: false, say };
  try {
    const code = await action(project, { environment: "dev" }, ["--auto-approve", "--no-color"], setting);
    const recorded = await deployedStacks(dev, "infra", bucket.states);
    return { code, home, said, deleted, recorded, ran: readFileSync(ran, "utf8").trim().split("\n") };
  } finally {
    bucket.close();
  }
}

it("what a synth leaves for Terraform in its output is refused by the deploy's folder of its own", async () => {
  const leave = "mkdir stacks/dev-network/.terraform && echo '{}' > stacks/dev-network/.terraform/terraform.tfstate";
  const { code, home, ran } = await deployAfter(leave);
  // The account stack, on which all others stand, is done before they begin.
  expect(ran).toEqual([
    expect.stringMatching(/\/home\/infra-[^/]+\/stacks\/account-[\w-]+: cdk\.tf\.json *$/),
    expect.stringMatching(/\/home\/infra-[^/]+\/stacks\/dev-network: cdk\.tf\.json$/),
  ]);
  expect(code).toBe(0);
  expect(readdirSync(home)).toEqual([]);
});

it("records of each stack what it uses of contracts", async () => {
  const edge: ConsumingStack = { workspace: infra, stack: "edge", consumes: [dnsContract] };
  const deployed = { "dev/infra/network.tfstate": DEPLOYED, "dev/infra/dns.tfstate": DEPLOYED };
  const { code, recorded } = await deployAfter("true", 0, deploy, deployed, [edge]);
  expect(code).toBe(0);
  expect(Object.entries(recorded).map(([id, { commit, uses }]) => ({ id, commit, uses }))).toEqual([
    { id: expect.stringMatching(/^account-/), commit: "3cc1c92", uses: [] },
    {
      ...{ id: "dev-edge", commit: "3cc1c92" },
      uses: [{ team: "infra", producer: "dev-dns", contract: "dns", version: dnsContract.version, outputs: [] }],
    },
    { id: "dev-network", commit: "3cc1c92", uses: [] },
  ]);
});

it("destroys the account stack with no environment, and deletes a log group that came back after a destroy", async () => {
  const edge: ConsumingStack = { workspace: infra, stack: "edge", logGroup: FOREIGN };
  const { code, ran, said, deleted } = await deployAfter("true", 0, destroy, NETWORK, [edge]);
  expect(code).toBe(0);
  expect(ran.sort()).toEqual([
    expect.stringMatching(/\/stacks\/dev-edge: /),
    expect.stringMatching(/\/stacks\/dev-network: /),
  ]);
  expect(said).toEqual([
    `Log group ${GROUP} was made anew by AWS, for last records: it is deleted again.`,
    expect.stringMatching(/^account-[\w-]+ stays: it has the bucket of all states/),
  ]);
  expect(deleted).toEqual([`${GROUP} of ${dev.region}`]);
});

it("deletes no log group where the destroy failed, and keeps its folder, for what Terraform may have left there", async () => {
  const { code, deleted, home } = await deployAfter("true", 1, destroy, NETWORK);
  expect({ code, deleted }).toEqual({ code: 1, deleted: [] });
  expect(readdirSync(home)).toEqual([expect.stringMatching(/^infra-/)]);
});
