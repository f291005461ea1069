import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { LocalStacks, type LocalStack } from "../testing/local-stacks";
import type { Finding } from "@demarc/gate";
import { deployedProject, deployedStacks } from "../deployed/records";
import { apply } from "./apply";
import { planGraph } from "./plan";
import { digestOf } from "./saved-plan";

const network: LocalStack = { id: "dev-network", holds: "a vpc" };
const cluster: LocalStack = { id: "dev-cluster", holds: "a cluster", reads: "dev-network" };

const DEV = { environment: "dev" };

let stacks: LocalStacks;
/** What the gate says of the next plan. */
let findings: Finding[];
let setting: ReturnType<LocalStacks["setting"]>;
beforeEach(() => {
  stacks = new LocalStacks();
  findings = [];
  setting = stacks.setting();
});

/** @returns digest of what was saved, if anything, and the exit code */
async function planned(...given: readonly LocalStack[]) {
  const said = setting.said.length;
  const graph = stacks.graph(...given);
  const projects = graph.projects.map(({ project }) => project);
  const { code } = await planGraph(graph, projects, DEV, setting, () => findings);
  const text = setting.said.slice(said).join("\n");
  const [, digest = ""] = /npm run apply -- dev ([0-9a-f]{64})$/m.exec(text) ?? [];
  return { code, text, digest };
}

async function deployed(...given: readonly LocalStack[]) {
  const { digest } = await planned(...given);
  return apply("dev", digest, setting);
}

const held = (id: string): unknown => {
  const { outputs } = JSON.parse(readFileSync(stacks.state(id), "utf8")) as { outputs: { thing?: { value: string } } };
  return outputs.thing?.value;
};

it("applies what was planned, and what reads it after a plan of its own", async () => {
  const first = await planned(network, cluster);
  expect(first.code).toBe(2);
  expect(first.text).toMatch(/dev-network +1 to create\n +\+ terraform_data\.thing\n/);
  expect(first.text).toMatch(/dev-cluster +is planned later: it reads dev-network, which is not deployed yet/);
  expect(await apply("dev", first.digest, setting)).toBe(2);
  expect(setting.said.at(-1)).toMatch(/nothing of that is applied yet: dev-cluster\. npm run plan -- dev$/);
  expect(held("dev-network")).toBe("a vpc");
  expect(existsSync(stacks.state("dev-cluster"))).toBe(false);

  const second = await planned(network, cluster);
  expect(second.text).toMatch(/dev-network +no change/);
  expect(await apply("dev", second.digest, setting)).toBe(0);
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
  expect(await apply("dev", digest, setting)).toBe(2);
  expect(held("dev-cluster")).toBe("a vpc and a cluster");
});

it("applies what comes after another one after it, though what stands between them does not change", async () => {
  const between: LocalStack = { id: "dev-between", holds: "the same", after: ["dev-network"] };
  const last: LocalStack = { id: "dev-last", holds: "a thing", after: ["dev-between"] };
  await deployed(network, between, last);
  const { digest } = await planned({ ...network, fails: true }, between, { ...last, holds: "another" });
  expect(await apply("dev", digest, setting)).toBe(1);
  expect(setting.said).toContain("Not applied, as what they come after was not: dev-last.");
  expect(held("dev-last")).toBe("a thing");
});

it("prints no value of what it plans, and keeps what it saves from others of the machine", async () => {
  const { text } = await planned({ ...network, holds: "hidden-value" });
  expect(text).not.toContain("hidden-value");
  const [manifest = ""] = readdirSync(stacks.plans("_manifests"));
  expect(readFileSync(stacks.plans("_manifests", manifest), "utf8")).not.toContain("hidden-value");
  const [folder = ""] = readdirSync(stacks.plans("infra/dev-network"));
  expect(statSync(stacks.plans("infra/dev-network", folder)).mode & 0o077).toBe(0);
});

it("refuses a plan whose state moved on, by the serial, and applies nothing of it", async () => {
  await deployed(network);
  const { digest } = await planned({ ...network, holds: "a second vpc" });
  await deployed({ ...network, holds: "a third vpc" });
  await expect(apply("dev", digest, setting)).rejects.toThrow(
    /^The state of dev-network moved on: serial \d+ of \S+ was planned, and serial \d+ of \S+ is there\.\nNothing was applied\. Plan again, and look at it: npm run plan -- dev$/,
  );
  expect(held("dev-network")).toBe("a third vpc");
});

it.each([
  ["another digest", () => "0".repeat(64), /^There is no plan 0{64} of dev, or not any more\./],
  [
    "a manifest that was changed",
    (digest: string) => {
      const file = stacks.plans("_manifests", `${digest}.json`);
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
  await expect(apply("dev", spoil(digest), setting)).rejects.toThrow(message);
  expect(existsSync(stacks.state("dev-network"))).toBe(false);
});

it("refuses a manifest that tells other changes than Terraform's plan has, though its digest fits", async () => {
  const { digest } = await planned(network);
  const text = readFileSync(stacks.plans("_manifests", `${digest}.json`), "utf8").replace(
    "terraform_data.thing",
    "terraform_data.other",
  );
  const forged = digestOf(text);
  writeFileSync(stacks.plans("_manifests", `${forged}.json`), text);
  await expect(apply("dev", forged, setting)).rejects.toThrow(
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

it("takes no manifest whose names lead out of the folder that is applied, though its digest fits", async () => {
  const { digest } = await planned(network);
  const text = readFileSync(stacks.plans("_manifests", `${digest}.json`), "utf8").replace(
    '"id": "dev-network"',
    '"id": "../outside"',
  );
  const forged = digestOf(text);
  writeFileSync(stacks.plans("_manifests", `${forged}.json`), text);
  await expect(apply("dev", forged, setting)).rejects.toThrow(/^There is no plan/);
});

it("begins nothing that comes after what failed, and keeps the folder, where an unsaved state may be", async () => {
  await deployed(network);
  await deployed(network, cluster);
  const failing = { ...network, fails: true };
  const { digest, code } = await planned(failing, { ...cluster, holds: "another cluster" });
  expect(code).toBe(2);
  expect(await apply("dev", digest, setting)).toBe(1);
  const text = setting.said.join("\n");
  expect(text).toMatch(/^dev-network: failed after \d+ s\nError: /m);
  expect(text).toContain("Not applied, as what they come after was not: dev-cluster.");
  expect(held("dev-cluster")).toBe("a vpc and a cluster");
  expect(readdirSync(setting.home)).toEqual([expect.stringMatching(/^apply-/)]);
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
