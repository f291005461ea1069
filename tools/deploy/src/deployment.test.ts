import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { clusterContract, dnsContract, networkContract } from "@demarc/shared/contracts";
import { dev } from "@demarc/shared/testing";
import { infra, k8sPlatform } from "@demarc/shared/workspace";
import { bootstrap, deploy, deployAll } from "./deployment";
import { destroy } from "./destruction";
import { diff } from "./diff";
import { deployableProjects, type Project } from "./projects";
import { outdirOf } from "./run";
import type { Setting } from "./setting";
import { synth } from "./synthesized";
import { Bucket, DEPLOYED } from "./testing/bucket";
import { type ConsumingStack, outputOf, repositoryOf, synthThatWrites } from "./testing/repository";
import { settingOf } from "./testing/setting";

const network: ConsumingStack = { workspace: infra, stack: "network" };
const dns: ConsumingStack = { workspace: infra, stack: "dns", consumes: [networkContract] };
const addons: ConsumingStack = {
  workspace: k8sPlatform,
  stack: "addons",
  cluster: "a",
  consumes: [clusterContract, dnsContract],
};

/** An account without policies. */
const NONE = { exists: () => Promise.resolve(false) };

const LOCK = JSON.stringify({
  ID: "1",
  Operation: "OperationTypeApply",
  Who: "ada@host",
  Created: "2026-01-01T00:00:00Z",
});

const APPROVED = ["--auto-approve"];

const DEV = { environment: "dev" };

let bucket: Bucket | undefined;
afterEach(() => bucket?.close());

async function settingWith(
  objects: Readonly<Record<string, string>> | undefined,
): Promise<Setting & { said: string[] }> {
  bucket = await new Bucket(objects).open();
  return settingOf({ states: bucket.states });
}

/** A project whose synth writes these stacks. */
function projectWith(...stacks: readonly ConsumingStack[]): Project {
  return projectThatWrites(outputOf(stacks), stacks[0]?.workspace.name);
}

function projectThatWrites(output: string, name = "infra"): Project {
  return project(synthThatWrites(output), name);
}

function project(app: string, name = "k8s-platform"): Project {
  const [only] = deployableProjects(repositoryOf({ [`packages/${name}`]: app }));
  if (only === undefined) throw new Error("no project");
  return only;
}

const given = (target: Project) => readFileSync(path.join(outdirOf(target), "given"), "utf8");

const invalid = () => project("echo 'environment \"dev\" is not valid' >&2; exit 1");

describe("a deploy", () => {
  it("names every producer that is not deployed: workspace, stack and command", async () => {
    const refused = deploy(projectWith(addons), DEV, APPROVED, await settingWith({}));
    await expect(refused).rejects.toThrow(
      [
        "dev-a-addons reads stack dev-a-cluster of infra, which is not deployed. Deploy it first: npx nx deploy infra --configuration=dev",
        "dev-a-addons reads stack dev-dns of infra, which is not deployed. Deploy it first: npx nx deploy infra --configuration=dev",
      ].join("\n"),
    );
  });

  it("names the boundary that its roles lack", async () => {
    const setting = { ...(await settingWith({})), policies: NONE };
    const refused = deploy(projectWith({ ...network, role: "dev-network-flow-logs" }), DEV, APPROVED, setting);
    await expect(refused).rejects.toThrow(
      "dev-network makes roles within the permissions boundary arn:aws:iam::123456789012:policy/demarc/demarc-ap-northeast-1-infra, which does not exist. infra's account stack comes first: npm run bootstrap -- dev",
    );
  });

  it("misses no producer that it makes itself", async () => {
    const setting = await settingWith({ "dev/infra/dns.tfstate.tflock": LOCK });
    const refused = deploy(projectWith(network, dns), DEV, APPROVED, setting);
    await expect(refused).rejects.toThrow(
      /^The state of dev-dns is locked by ada@host since 2026-01-01T00:00:00\.000Z/,
    );
  });

  it("is refused with a sandbox's target: nothing is synthesized, and no state is looked at", async () => {
    const petstore = deployableProjects(path.resolve(__dirname, "../../..")).find(({ name }) => name === "petstore");
    if (petstore === undefined) throw new Error("there is no petstore");
    const scratch = mkdtempSync(path.join(tmpdir(), "demarc-target-"));
    const [target, complaints] = [path.join(scratch, "target.json"), path.join(scratch, "complaints")];
    writeFileSync(target, JSON.stringify({ providers: {} }));
    const { DEMARC_SANDBOX: _, ...shell } = process.env;
    const setting = { ...(await settingWith({})), variables: { ...shell, DEMARC_TARGET: target } };

    const app = `${petstore.app} 2> ${complaints}`;
    expect(await deploy({ ...petstore, app }, DEV, APPROVED, setting)).toBe(1);
    expect(readFileSync(complaints, "utf8")).toContain(`"${target}" is a sandbox's target`);
    rmSync(scratch, { recursive: true });
  });

  it("says how to make the bucket of the states where there is none", async () => {
    const refused = deploy(projectWith(network), DEV, APPROVED, await settingWith(undefined));
    await expect(refused).rejects.toThrow(
      /^The bucket demarc-state-\S+, which keeps the states of dev, does not exist/,
    );
    await expect(refused).rejects.toThrow("npm run bootstrap -- dev");
  });

  it.each([
    ["deploy", deploy],
    ["destroy", destroy],
  ])("that nobody approves is refused: %s", async (_, run) => {
    const target = projectWith(network);
    await expect(run(target, DEV, [], await settingWith({}))).rejects.toThrow("Nobody is here to approve");
    expect(existsSync(outdirOf(target))).toBe(false);
  });

  it("of something invalid ends with 1 and writes nothing", async () => {
    const target = invalid();
    expect(await deploy(target, DEV, APPROVED, await settingWith({}))).toBe(1);
    expect(existsSync(outdirOf(target))).toBe(false);
  });

  it("of what a synth's own code has changed after its check is refused by the deploy's check of what was written", async () => {
    const output = outputOf([network]);
    const file = "$CDKTF_OUTDIR/stacks/dev-network/more.tf";
    const target = project(`${synthThatWrites(output)} && touch "${file}"`, "infra");
    const printed = vi.spyOn(console, "error").mockImplementation(() => undefined);
    // Nobody asks for the bucket, which is not there.
    expect(await deploy(target, DEV, APPROVED, await settingWith(undefined))).toBe(1);
    expect(printed).toHaveBeenCalledWith(expect.stringContaining("dev-network: Terraform would read more.tf too"));
    printed.mockRestore();
  });

  it("of everything begins with nothing while anything is invalid", async () => {
    const setting = await settingWith(undefined);
    expect(await deployAll([projectWith(network), invalid()], DEV, APPROVED, setting)).toBe(1);
    expect(setting.said).toEqual([]);
  });

  it("of everything begins with nothing while a boundary is missing that only the last needs", async () => {
    const setting = { ...(await settingWith({})), policies: NONE };
    const projects = [projectWith(addons), projectWith({ ...network, role: "dev-network-flow-logs" })];
    await expect(deployAll(projects, DEV, APPROVED, setting)).rejects.toThrow(
      "dev-network makes roles within the permissions boundary",
    );
    expect(setting.said).toEqual([]);
  });

  it("of a project that has no stacks in the environment is done", async () => {
    const setting = await settingWith({});
    expect(await deploy(projectWith(), DEV, APPROVED, setting)).toBe(0);
    expect(setting.said).toEqual(["infra has no stacks in dev"]);
  });
});

it.each([
  ["deploy", deploy],
  ["destroy", destroy],
])("looks for releases that a killed deploy left, before Terraform: %s", async (_, run) => {
  const setting = await settingWith({ "dev/a/infra/cluster.tfstate": DEPLOYED });
  const outputs = () => Promise.reject(new Error("asked where the cluster is"));
  const states = Object.assign(setting.states, { outputs });
  const target = projectWith({ workspace: k8sPlatform, stack: "addons", cluster: "a", release: "web" });
  await expect(run(target, DEV, APPROVED, { ...setting, states })).rejects.toThrow("asked where the cluster is");
});

it("shows no diff of a stack whose producer is to be deployed first, says so, and needs no boundary for that", async () => {
  const setting = { ...(await settingWith({})), policies: NONE };
  const output = outputOf([{ ...dns, role: "dev-dns" }, network]);
  // Each reads the other, so that none can be planned.
  cpSync(outputOf([{ ...network, consumes: [dnsContract] }]), output, {
    recursive: true,
    filter: (file) => !file.endsWith("manifest.json"),
  });
  expect(await diff(projectThatWrites(output), DEV, [], setting)).toBe(0);
  expect(setting.said.join("\n")).toContain(
    "It reads dev-network, which is not deployed yet: all of dev-dns will be new",
  );
});

it("destroys nothing where not even the bucket is there", async () => {
  const setting = await settingWith(undefined);
  expect(await destroy(projectWith(network), DEV, APPROVED, setting)).toBe(0);
  expect(setting.said).toEqual(["infra: nothing is deployed in dev, not even the bucket of its states"]);
});

it("leaves a stack standing that holds what Terraform may not destroy, and says so", async () => {
  const setting = await settingWith({ "dev/infra/network.tfstate": DEPLOYED });
  expect(await destroy(projectWith({ ...network, keeps: true }), DEV, APPROVED, setting)).toBe(0);
  expect(setting.said).toEqual([
    "dev-network stays, for settings of its workspace protect what is in it: aws_kms_key.kept (retain.logs). To destroy it too, set those to false, deploy, and destroy again.",
  ]);
});

it("synthesizes with the context of cdktf.json, for one environment or all", async () => {
  const setting = await settingWith({});
  const target = project(
    `${synthThatWrites(outputOf([network]))} && echo "$CDKTF_CONTEXT_JSON $DEMARC_ENVIRONMENT" > "$CDKTF_OUTDIR/given"`,
    "infra",
  );
  expect(await synth(target, undefined, setting)).toBe(0);
  expect(setting.said).toEqual([expect.stringContaining("dev-network: ")]);
  expect(given(target)).toBe('{"given":"context"} \n');

  await synth(target, "dev", setting);
  expect(given(target)).toBe('{"given":"context"} dev\n');
});

it("leaves no folder of its own behind where nothing failed in it", async () => {
  const done = await settingWith(undefined);
  await destroy(projectWith(network), DEV, APPROVED, done);
  await synth(projectWith(network), "dev", done);
  await deploy(invalid(), DEV, APPROVED, done);
  expect(readdirSync(done.home)).toEqual([]);
});

it("leaves no folder behind of what cannot be taken, and the folder of what was refused after its synth", async () => {
  const setting = await settingWith(undefined);
  const unreadable = project(`mkdir -p "$CDKTF_OUTDIR" && echo {} > "$CDKTF_OUTDIR/manifest.json"`);
  await expect(synth(unreadable, "dev", setting)).rejects.toThrow("has no stacks");
  await expect(deploy(unreadable, DEV, APPROVED, setting)).rejects.toThrow("has no stacks");
  expect(readdirSync(setting.home)).toEqual([]);

  await expect(deploy(projectWith(network), DEV, APPROVED, setting)).rejects.toThrow("does not exist");
  expect(readdirSync(setting.home)).toEqual([expect.stringMatching(/^infra-/)]);
});

it.each(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "GITHUB_TOKEN", "TF_TOKEN_app_terraform_io"])(
  "%s, asked for by the code of a synth, is refused by the deploy's choice of variables",
  async (name) => {
    const copy = synthThatWrites(outputOf([network]));
    const target = project(`${copy} && env > "$CDKTF_OUTDIR/given"`, "infra");
    const setting = await settingWith({});
    const variables = { ...setting.variables, [name]: "theirs", DEMARC_SANDBOX: "0", LC_ALL: "C" };
    expect(await synth(target, "dev", { ...setting, variables })).toBe(0);
    expect(given(target)).not.toContain("theirs");
    expect(given(target)).toContain("DEMARC_SANDBOX=0\n");
    expect(given(target)).toContain("LC_ALL=C\n");
  },
);

it.each([
  ["deploy", deploy],
  ["diff", diff],
])("%s of infra looks at the account stack first, on the rules of all others", async (_, run) => {
  const account: ConsumingStack = { workspace: infra, stack: "account", scope: "account" };
  const setting = await settingWith({ "account/infra/account.tfstate.tflock": LOCK });
  await expect(run(projectWith(network, account), DEV, APPROVED, setting)).rejects.toThrow(
    /^The state of account-\S+ is locked by ada@host/,
  );
});

it("bootstraps nothing while somebody holds the account's state", async () => {
  const account: ConsumingStack = { workspace: infra, stack: "account", scope: "account" };
  const setting = await settingWith({ "account/infra/account.tfstate.tflock": LOCK });
  await expect(bootstrap(projectWith(account), dev, APPROVED, setting)).rejects.toThrow(
    "account-123456789012-ap-northeast-1 is locked by ada@host",
  );
});
