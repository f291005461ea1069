import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LocalStacks, type LocalStack } from "../testing/local-stacks";
import type { Finding } from "@demarc/gate";
import { deployedProject, deployedStacks, recordDeploy } from "../deployed/records";
import { apply } from "./apply";
import { type Gate, gateOf } from "./gate";
import { planGraph } from "./plan";
import { digestOf } from "./saved-plan";

const network: LocalStack = { id: "dev-network", holds: "a vpc" };
const cluster: LocalStack = { id: "dev-cluster", holds: "a cluster", reads: "dev-network" };

const DEV = { environment: "dev" };

/** Folder of the lists of what saved plans do. */
const MANIFESTS = "_manifests";

let stacks: LocalStacks;
/** What the gate says of the next plan. */
let findings: Finding[];
let gate: Gate;
let setting: ReturnType<LocalStacks["setting"]>;
beforeEach(() => {
  stacks = new LocalStacks();
  findings = [];
  gate = () => Promise.resolve(findings);
  setting = stacks.setting();
});

/** @returns digest of what was saved, if anything, and the exit code */
async function planned(...given: readonly LocalStack[]) {
  const said = setting.said.length;
  const graph = stacks.graph(...given);
  const projects = graph.projects.map(({ project }) => project);
  const { code } = await planGraph(graph, projects, DEV, setting, gate);
  const text = setting.said.slice(said).join("\n");
  const [, digest = ""] = /npm run apply -- dev ([0-9a-f]{64})$/m.exec(text) ?? [];
  return { code, text, digest };
}

/** Without the gate, which lets no workspace make what these stacks hold. */
function applied(digest: string) {
  return apply("dev", digest, setting, () => Promise.resolve([]));
}

async function deployed(...given: readonly LocalStack[]) {
  const { digest } = await planned(...given);
  return applied(digest);
}

function outputOf(id: string, name: string): unknown {
  const state = JSON.parse(readFileSync(stacks.state(id), "utf8")) as { outputs: Record<string, { value: unknown }> };
  return state.outputs[name]?.value;
}

const held = (id: string) => outputOf(id, "thing");

it("applies what was planned, and what reads it after a plan of its own", async () => {
  const first = await planned(network, cluster);
  expect(first.code).toBe(2);
  expect(first.text).toMatch(/dev-network +1 to create\n +\+ terraform_data\.thing\n/);
  expect(first.text).toMatch(/dev-cluster +is planned later: it reads dev-network, which is not deployed yet/);
  expect(await applied(first.digest)).toBe(2);
  expect(setting.said.at(-1)).toMatch(/nothing of that is applied yet: dev-cluster\. npm run plan -- dev$/);
  expect(held("dev-network")).toBe("a vpc");
  expect(existsSync(stacks.state("dev-cluster"))).toBe(false);

  const second = await planned(network, cluster);
  expect(second.text).toMatch(/dev-network +no change/);
  expect(await applied(second.digest)).toBe(0);
  expect(held("dev-cluster")).toBe("a vpc and a cluster");
  const third = await planned(network, cluster);
  expect(third.code).toBe(0);
  expect(third.text).toContain("Nothing changes in dev.");
});

it("plans what reads a changed output after it, for what it was planned from will be no more", async () => {
  await deployed(network);
  await deployed(network, cluster);
  const changed = { ...network, holds: "another vpc" };
  const { text, digest } = await planned(changed, { ...cluster, holds: "another cluster" });
  expect(text).toMatch(/dev-cluster +is planned later: it reads dev-network, of which outputs change/);
  expect(await applied(digest)).toBe(2);
  expect(held("dev-cluster")).toBe("a vpc and a cluster");
});

it("applies what comes after another one after it, though what stands between them does not change", async () => {
  const between: LocalStack = { id: "dev-between", holds: "the same", after: ["dev-network"] };
  const last: LocalStack = { id: "dev-last", holds: "a thing", after: ["dev-between"] };
  await deployed(network, between, last);
  const { digest } = await planned({ ...network, fails: true }, between, { ...last, holds: "another" });
  expect(await applied(digest)).toBe(1);
  expect(setting.said).toContain("Not applied, as what they come after was not: dev-last.");
  expect(held("dev-last")).toBe("a thing");
});

it("prints no value of what it plans, and keeps what it saves from others of the machine", async () => {
  const { text } = await planned({ ...network, holds: "hidden-value" });
  expect(text).not.toContain("hidden-value");
  const [manifest = ""] = readdirSync(stacks.plans(MANIFESTS));
  expect(readFileSync(stacks.plans(MANIFESTS, manifest), "utf8")).not.toContain("hidden-value");
  const [folder = ""] = readdirSync(stacks.plans("infra/dev-network"));
  expect(statSync(stacks.plans("infra/dev-network", folder)).mode & 0o077).toBe(0);
});

it("leaves the stacks of administrators out where the caller has nothing to do with them", async () => {
  const access: LocalStack = { id: "dev-access", holds: "roles" };
  setting = { ...stacks.setting(), withoutAdministrators: true };
  const { text, digest } = await planned(network, access);
  expect(text).not.toContain("dev-access");
  expect(await apply("dev", digest, setting, () => Promise.resolve([]))).toBe(0);
  expect(existsSync(stacks.state("dev-access"))).toBe(false);
});

it("refuses a plan whose state moved on, by the serial, and applies nothing of it", async () => {
  await deployed(network);
  const { digest } = await planned({ ...network, holds: "a second vpc" });
  await deployed({ ...network, holds: "a third vpc" });
  await expect(applied(digest)).rejects.toThrow(
    /^The state of dev-network moved on: serial \d+ of \S+ was planned, and serial \d+ of \S+ is there\.\nNothing was applied\. Plan again, and look at it: npm run plan -- dev$/,
  );
  expect(held("dev-network")).toBe("a third vpc");
});

it.each([
  ["another digest", () => "0".repeat(64), /^There is no plan 0{64} of dev, or not any more\./],
  [
    "a manifest that was changed",
    (digest: string) => {
      const file = stacks.plans(MANIFESTS, `${digest}.json`);
      writeFileSync(file, readFileSync(file, "utf8").replace("terraform_data.thing", "terraform_data.other"));
      return digest;
    },
    /^There is no plan \S+ of dev, or not any more\./,
  ],
  [
    "a folder that was changed",
    (digest: string) => {
      const [folder = ""] = readdirSync(stacks.plans("infra/dev-network"));
      writeFileSync(stacks.plans("infra/dev-network", folder), "something else");
      return digest;
    },
    /^What was planned of dev-network is not there any more, or was changed\.\nNothing was applied\./,
  ],
])("refuses %s", async (_, spoil, message) => {
  const { digest } = await planned(network);
  await expect(applied(spoil(digest))).rejects.toThrow(message);
  expect(existsSync(stacks.state("dev-network"))).toBe(false);
});

it("refuses a manifest that tells other changes than Terraform's plan has, though its digest fits", async () => {
  const { digest } = await planned(network);
  const text = readFileSync(stacks.plans(MANIFESTS, `${digest}.json`), "utf8").replace(
    "terraform_data.thing",
    "terraform_data.other",
  );
  const forged = digestOf(text);
  writeFileSync(stacks.plans(MANIFESTS, `${forged}.json`), text);
  await expect(applied(forged)).rejects.toThrow(
    /^Terraform's plan of dev-network does other things than were reviewed\.\nNothing was applied/,
  );
  expect(existsSync(stacks.state("dev-network"))).toBe(false);
});

it("records what is as its commit wants it, what was applied and what did not change; and what it has not reached yet", async () => {
  const commits = async () => {
    const recorded = await deployedStacks(stacks.environment, "infra", setting.states);
    return Object.fromEntries(Object.entries(recorded).map(([id, { commit }]) => [id, commit]));
  };
  const missing = async () => (await deployedProject(stacks.environment, "infra", setting.states)).missing;
  const at = (commit: string) => (setting = { ...stacks.setting(), commit });
  at("first");
  await deployed(network, cluster);
  expect({ missing: await missing(), commits: await commits() }).toEqual({
    missing: ["dev-cluster"],
    commits: { "dev-network": "first" },
  });
  await deployed(network, cluster);
  expect(await missing()).toEqual([]);
  expect(await commits()).toEqual({ "dev-network": "first", "dev-cluster": "first" });
  at("second");
  await deployed({ ...network, fails: true }, cluster);
  expect(await commits()).toEqual({ "dev-network": "first", "dev-cluster": "second" });
  at("third");
  await deployed(network, cluster);
  expect(await commits()).toEqual({ "dev-network": "third", "dev-cluster": "third" });
});

it("leaves the record of what another commit deployed since the plan was made, and that it did not have to change", async () => {
  await deployed(network);
  await deployed(network, cluster);
  setting = { ...stacks.setting(), commit: "first" };
  const { digest } = await planned({ ...network, fails: true }, cluster);
  setting = { ...stacks.setting(), commit: "second" };
  await deployed(cluster);
  expect(await applied(digest)).toBe(1);
  const { "dev-cluster": recorded } = await deployedStacks(stacks.environment, "infra", setting.states);
  expect(recorded?.commit).toBe("second");
});

it("records what a stack uses of contracts, whether it had to be changed or not", async () => {
  const published: LocalStack = { ...network, publishes: "vpc_v1" };
  const consumer: LocalStack = { ...cluster, takes: "vpc_v1.key" };
  const use = { team: "", producer: "dev-network", contract: "vpc", version: 1, outputs: ["key"] };
  const uses = async () => {
    const recorded = await deployedStacks(stacks.environment, "infra", setting.states);
    return Object.entries(recorded).map(([id, { commit, uses }]) => ({ id, commit, uses }));
  };
  setting = { ...stacks.setting(), commit: "first" };
  await deployed(published);
  await deployed(published, consumer);
  const first = { id: "dev-network", commit: "first", uses: [] };
  expect(await uses()).toEqual([first, { id: "dev-cluster", commit: "first", uses: [use] }]);
  setting = { ...stacks.setting(), commit: "second" };
  await deployed(consumer);
  expect(await uses()).toEqual([first, { id: "dev-cluster", commit: "second", uses: [use] }]);
});

it("takes no manifest whose names lead out of the folder that is applied, though its digest fits", async () => {
  const { digest } = await planned(network);
  const text = readFileSync(stacks.plans(MANIFESTS, `${digest}.json`), "utf8").replace(
    '"id": "dev-network"',
    '"id": "../outside"',
  );
  const forged = digestOf(text);
  writeFileSync(stacks.plans(MANIFESTS, `${forged}.json`), text);
  await expect(applied(forged)).rejects.toThrow(/^There is no plan/);
});

it("begins nothing that comes after what failed, and keeps the folder, where an unsaved state may be", async () => {
  await deployed(network);
  await deployed(network, cluster);
  const failing = { ...network, fails: true };
  const { digest, code } = await planned(failing, { ...cluster, holds: "another cluster" });
  expect(code).toBe(2);
  expect(await applied(digest)).toBe(1);
  const text = setting.said.join("\n");
  expect(text).toMatch(/^dev-network: failed after \d+ s\nError: /m);
  expect(text).toContain("Not applied, as what they come after was not: dev-cluster.");
  expect(held("dev-cluster")).toBe("a vpc and a cluster");
  expect(readdirSync(setting.home).toSorted()).toEqual([expect.stringMatching(/^apply-/), "inits"]);
});

it("saves nothing where the gate refuses a part of it, and says how that may pass", async () => {
  const told = { stack: "dev-network", rule: "state", address: "aws_kms_key.logs", reason: "holds state" } as const;
  findings = [{ ...told, verdict: "refused", allow: "by a line" }];
  const { code, text, digest } = await planned(network);
  expect({ code, digest }).toEqual({ code: 1, digest: "" });
  expect(text).toContain(
    "REFUSED dev-network aws_kms_key.logs (state): holds state\n  by a line\n1 finding is refused",
  );
  expect(existsSync(stacks.plans())).toBe(false);
  findings = [{ ...told, verdict: "allowed", allow: "allowed until 2026-12-31" }];
  expect((await planned(network)).code).toBe(2);
});

it("tells what Terraform says of a plan that fails, and saves nothing", async () => {
  const { code, text } = await planned({ ...network, holds: "${nowhere.at.all}" });
  expect(code).toBe(1);
  expect(text).toMatch(/dev-network +failed\n +Error: Reference to undeclared resource/);
  expect(existsSync(stacks.plans())).toBe(false);
});

describe("the gate is asked of a saved plan once more before it is applied", () => {
  const published: LocalStack = { id: "dev-network", holds: "a vpc", publishes: "vpc_v1" };
  const changed: LocalStack = { ...published, holds: "another vpc" };
  const uses = [{ team: "pets", producer: "dev-network", contract: "vpc", version: 1, outputs: ["key"] }];
  const by = "arn:aws:iam::123456789012:user/ada";

  /** Somebody else deploys petstore, which uses the vpc. */
  const deployConsumer = () =>
    recordDeploy(
      stacks.environment,
      "petstore",
      [{ id: "dev-a-petstore", uses }],
      { commit: "c0ffee".repeat(6), at: "2026-01-01T00:00:00.000Z", by },
      setting.states,
    );
  const allow = (until: string) => {
    const line = { rule: "contract", stack: "dev-network", address: "output.vpc_v1", reason: "agreed", until };
    mkdirSync(path.join(setting.root, "packages/shared"), { recursive: true });
    writeFileSync(path.join(setting.root, "packages/shared/allowances.json"), JSON.stringify([line]));
  };
  const plannedByGate = () => planned(changed);
  const asked = (digest: string) => apply("dev", digest, setting);

  beforeEach(async () => {
    await asked((await planned(published)).digest);
    gate = gateOf(stacks.environment, setting);
  });

  it("and refuses what a deploy in between uses, with its name", async () => {
    const { code, digest } = await plannedByGate();
    expect(code).toBe(2);
    await deployConsumer();
    await expect(asked(digest)).rejects.toThrow(
      /^REFUSED dev-network output\.vpc_v1 \(contract\): key would be another value, which petstore \(dev-a-petstore\) of team pets, deployed from c0ffeec0ffee by arn:aws:iam::123456789012:user\/ada, uses\n {2}Deploy petstore first, or destroy it: this checkout does not use it any more\.[^]*\nNothing was applied/,
    );
    expect(outputOf("dev-network", "vpc_v1")).toEqual({ key: "a vpc" });
  });

  it("as it was when it was planned: what is deployed counts there too", async () => {
    await deployConsumer();
    const { code, text, digest } = await plannedByGate();
    expect({ code, digest }).toEqual({ code: 1, digest: "" });
    expect(text).toContain("petstore (dev-a-petstore) of team pets, deployed from c0ffeec0ffee by");
  });

  it("and refuses what was allowed and is not any more", async () => {
    await deployConsumer();
    allow("9999-12-31");
    const { code, digest } = await plannedByGate();
    expect(code).toBe(2);
    allow("2020-01-01");
    await expect(asked(digest)).rejects.toThrow(/Its allowance expired on 2020-01-01\./);
    expect(outputOf("dev-network", "vpc_v1")).toEqual({ key: "a vpc" });
    allow("9999-12-31");
    expect(await asked(digest)).toBe(0);
    expect(outputOf("dev-network", "vpc_v1")).toEqual({ key: "another vpc" });
  });
});
