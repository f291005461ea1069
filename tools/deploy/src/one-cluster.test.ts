import { readFileSync } from "node:fs";
import path from "node:path";
import { clusterContract, networkContract, platformContract } from "@demarc/shared/contracts";
import { accountStackId } from "@demarc/shared/environment";
import { appWorkspace, infra, k8sPlatform } from "@demarc/shared/workspace";
import * as cdktf from "./cdktf";
import { bootstrap, deploy, deployAll } from "./deployment";
import { destroy } from "./destruction";
import { diff } from "./diff";
import { deployableProjects, projectNamed } from "./projects";
import { checkCluster } from "./scope";
import type { Setting } from "./setting";
import { Bucket, DEPLOYED, DESTROYED } from "./testing/bucket";
import { type ConsumingStack, outputOf, repositoryOf, synthThatWrites } from "./testing/repository";
import { asked, settingOf } from "./testing/setting";
import { devWithTwoClusters } from "./testing/two-clusters";

// Which stacks it is told of, and in which order, is all that matters here.

const statement = { team: "pets", hostnames: ["petstore"] };
const petstore = appWorkspace("petstore", statement);
const apps = [{ name: "petstore", ...statement }];
const ofEach = (stack: Omit<ConsumingStack, "cluster">): ConsumingStack[] =>
  ["a", "b"].map((cluster) => ({ ...stack, cluster }));

const stacks: Readonly<Record<string, readonly ConsumingStack[]>> = {
  "packages/infra": [
    { workspace: infra, stack: "account", scope: "account" },
    { workspace: infra, stack: "network" },
    { workspace: infra, stack: "data", consumes: [networkContract] },
    ...ofEach({ workspace: infra, stack: "cluster", consumes: [networkContract] }),
  ],
  "packages/k8s-platform": ofEach({ workspace: k8sPlatform, stack: "tenancy", consumes: [clusterContract] }),
  "packages/apps/petstore": ofEach({ workspace: petstore, stack: "petstore", consumes: [platformContract] }),
};

const projects = deployableProjects(
  repositoryOf(
    Object.fromEntries(
      Object.entries(stacks).map(([folder, each]) => [
        folder,
        synthThatWrites(outputOf(each, devWithTwoClusters, apps)),
      ]),
    ),
  ),
);
const named = (name: string) => projectNamed(projects, name);

const account = accountStackId(devWithTwoClusters);
const B = { environment: "dev", cluster: "b" };
const APPROVED = ["--auto-approve"];

/** What each cdktf was told: what to do with which stacks, and what of them comes after what. */
interface Told {
  readonly args: readonly string[];
  readonly order: Readonly<Record<string, readonly string[]>>;
}

let bucket: Bucket;
afterEach(() => bucket.close());

/** Id of the stack whose cdktf fails. */
let fails: string | undefined;
beforeEach(() => (fails = undefined));

/** @param deployed keys of states without `.tfstate`; `!` before one: it was destroyed */
async function settingWith(...deployed: readonly string[]): Promise<Setting & { said: string[]; told: Told[] }> {
  const objects: Record<string, string> = {};
  for (const key of deployed) objects[`${key.replace("!", "")}.tfstate`] = key.startsWith("!") ? DESTROYED : DEPLOYED;
  bucket = await new Bucket(objects).open();
  const told: Told[] = [];
  vi.spyOn(cdktf, "startCdktf").mockImplementation((args, { checked }) => {
    const order = orderIn(checked);
    told.push({ args, order });
    for (const id of Object.keys(order)) objects[keyIn(checked, id)] = DEPLOYED;
    const failing = fails !== undefined && args.includes(fails);
    return { pid: 0, ended: Promise.resolve(failing ? 1 : 0), interrupt: () => Promise.resolve() };
  });
  return { ...settingOf({ environments: [devWithTwoClusters], apps, projects, states: bucket.states }), told };
}

function orderIn(checked: string): Record<string, string[]> {
  const manifest = JSON.parse(readFileSync(path.join(checked, "manifest.json"), "utf8")) as {
    stacks: Record<string, { dependencies: string[] }>;
  };
  return Object.fromEntries(Object.entries(manifest.stacks).map(([id, { dependencies }]) => [id, dependencies]));
}

function keyIn(checked: string, id: string): string {
  const { terraform } = JSON.parse(readFileSync(path.join(checked, "stacks", id, "cdk.tf.json"), "utf8")) as {
    terraform: { backend: { s3: { key: string } } };
  };
  return terraform.backend.s3.key;
}

const ranOn = ({ told }: { readonly told: readonly Told[] }) => told.map(({ args }) => args.join(" "));

describe("one cluster", () => {
  it("is deployed with what it stands on and no more: cdktf is told of nothing of the other one", async () => {
    const setting = await settingWith();
    expect(await deployAll(projects, B, APPROVED, setting)).toBe(0);
    expect(ranOn(setting)).toEqual([
      `deploy ${account} --auto-approve`,
      "deploy dev-network dev-b-cluster --auto-approve",
      "deploy dev-b-tenancy --auto-approve",
      "deploy dev-b-petstore --auto-approve",
    ]);
    expect(setting.told[1]?.order).toEqual({ "dev-network": [], "dev-b-cluster": ["dev-network"] });
  });

  it("of one workspace is deployed where what it stands on is there, and else asked for with the same cluster", async () => {
    const setting = await settingWith("dev/b/infra/cluster");
    expect(await deploy(named("k8s-platform"), B, APPROVED, setting)).toBe(0);
    expect(ranOn(setting)).toEqual(["deploy dev-b-tenancy --auto-approve"]);
    bucket.close();
    const without = await settingWith("dev/a/infra/cluster", "!dev/b/infra/cluster");
    await expect(deploy(named("k8s-platform"), B, APPROVED, without)).rejects.toThrow(
      "dev-b-tenancy reads stack dev-b-cluster of infra, which is not deployed. Deploy it first: npx nx deploy infra --configuration=dev -- --cluster b",
    );
  });

  it("is shown by a diff of its stacks, and of what they stand on", async () => {
    const setting = await settingWith("dev/infra/network");
    expect(await diff(named("infra"), B, [], setting)).toBe(0);
    expect(ranOn(setting)).toEqual([`diff ${account}`, "diff dev-network", "diff dev-b-cluster"]);
  });

  it("is destroyed alone: the other one and what is of no cluster stay", async () => {
    const setting = await settingWith("dev/infra/network", "dev/b/infra/cluster", "dev/a/k8s-platform/tenancy");
    expect(await destroy(named("infra"), B, APPROVED, setting)).toBe(0);
    expect(ranOn(setting)).toEqual(["destroy dev-b-cluster --auto-approve"]);
    expect(setting.said).toEqual([]);
  });

  it("that the environment has not is refused, with those that it has", () => {
    expect(() => {
      checkCluster(devWithTwoClusters, "c");
    }).toThrow(/^cluster "c" is not valid [^]*there is no such cluster in dev; known are: a, b\./);
    expect(() => {
      checkCluster(devWithTwoClusters, "b");
    }).not.toThrow();
  });

  it("in which a workspace has nothing is said", async () => {
    const [only] = deployableProjects(
      repositoryOf({
        "packages/infra": synthThatWrites(outputOf([{ workspace: infra, stack: "network" }], devWithTwoClusters)),
      }),
    );
    const setting = await settingWith();
    expect(await deploy(only ?? named("infra"), B, APPROVED, setting)).toBe(0);
    expect(setting.said).toEqual(["infra has no stacks in cluster b of dev"]);
    expect(setting.told).toEqual([]);
  });
});

describe("what is still needed is refused to a destroy by the order of all stacks:", () => {
  it("the cluster of another workspace's stack", async () => {
    const setting = await settingWith("dev/b/infra/cluster", "dev/b/k8s-platform/tenancy");
    await expect(destroy(named("infra"), B, APPROVED, setting)).rejects.toThrow(
      "dev-b-tenancy of k8s-platform is deployed and needs dev-b-cluster: nothing is destroyed that another stack stands on. Destroy it first: npx nx destroy k8s-platform --configuration=dev -- --cluster b",
    );
    expect(setting.told).toEqual([]);
  });

  it("all of a workspace, of which one cluster's stack needs a part", async () => {
    const setting = await settingWith("dev/infra/network", "dev/a/k8s-platform/tenancy", "!dev/b/k8s-platform/tenancy");
    await expect(destroy(named("infra"), { environment: "dev" }, APPROVED, setting)).rejects.toMatchObject({
      name: "Refusal",
      message: expect.stringMatching(/^dev-a-tenancy of k8s-platform .* needs dev-a-cluster: [^\n]*--cluster a$/),
    });
    expect(setting.told).toEqual([]);
  });

  it("nothing, where all that stood on it was destroyed", async () => {
    const setting = await settingWith("dev/infra/network", "!dev/a/k8s-platform/tenancy", "!dev/b/apps/petstore");
    expect(await destroy(named("infra"), { environment: "dev" }, APPROVED, setting)).toBe(0);
    expect(setting.told[0]?.order).toMatchObject({ "dev-network": [], "dev-a-cluster": ["dev-network"] });
  });

  it("what it cannot know, as another workspace is not valid", async () => {
    const broken = { ...named("k8s-platform"), app: "exit 1" };
    const setting = { ...(await settingWith("dev/b/infra/cluster")), projects: [named("infra"), broken] };
    expect(await destroy(named("infra"), B, APPROVED, setting)).toBe(1);
    expect(setting.told).toEqual([]);
  });
});

describe("the administrators' stacks", () => {
  const administrators: ConsumingStack[] = [
    { workspace: infra, stack: "account", scope: "account" },
    { workspace: infra, stack: "access" },
  ];
  const output = outputOf([...administrators, { workspace: infra, stack: "network" }], devWithTwoClusters);
  const [project] = deployableProjects(repositoryOf({ "packages/infra": synthThatWrites(output) }));
  const DEV = { environment: "dev" };

  /** A caller who takes the teams' roles, of whom each cdktf tells which acted. */
  async function administrator() {
    const setting = await settingWith("account/infra/account", "dev/infra/access", "dev/infra/network");
    const actors: string[] = [];
    const start = vi.mocked(cdktf.startCdktf).getMockImplementation();
    vi.mocked(cdktf.startCdktf).mockImplementation((args, options) => {
      actors.push(`${args[1] ?? ""} by ${options.variables["AWS_ACCESS_KEY_ID"] ?? "the caller"}`);
      if (start === undefined) throw new Error("nothing is mocked");
      return start(args, options);
    });
    const actAs: Setting["actAs"] = () =>
      Promise.resolve({ ...asked, ...setting, variables: { AWS_ACCESS_KEY_ID: "the team" } });
    return { ...setting, actAs, actors, variables: {} };
  }

  it("are deployed by the caller before all others, which are the team's", async () => {
    const setting = await administrator();
    expect(await deploy(project ?? named("infra"), DEV, APPROVED, setting)).toBe(0);
    expect(ranOn(setting)).toEqual([
      `deploy ${account} --auto-approve`,
      "deploy dev-access --auto-approve",
      "deploy dev-network --auto-approve",
    ]);
    expect(setting.actors).toEqual([`${account} by the caller`, "dev-access by the caller", "dev-network by the team"]);
    expect(setting.said).toContain(
      `${account}, dev-access first: what infra's administrators deploy, and all others stand on.`,
    );
  });

  it("are shown as the caller sees them", async () => {
    const setting = await administrator();
    expect(await diff(project ?? named("infra"), DEV, [], setting)).toBe(0);
    expect(setting.actors).toEqual([`${account} by the caller`, "dev-access by the caller", "dev-network by the team"]);
  });

  it("and all others are shown without a lock: who plans may write none", async () => {
    const setting = await administrator();
    expect(await diff(project ?? named("infra"), DEV, [], setting)).toBe(0);
    const calls = vi.mocked(cdktf.startCdktf).mock.calls.slice(-3);
    expect(calls.map(([, { variables }]) => variables["TF_CLI_ARGS_plan"])).toEqual(calls.map(() => "-lock=false"));
  });

  it("stay where the others are destroyed, and it is said who takes them away", async () => {
    const setting = { ...(await administrator()), projects: [project ?? named("infra")] };
    expect(await destroy(project ?? named("infra"), DEV, APPROVED, setting)).toBe(0);
    expect(ranOn(setting)).toEqual(["destroy dev-network --auto-approve"]);
    expect(setting.said).toEqual([
      expect.stringContaining("infra"),
      "dev-access stays: it has the roles that deploy dev, and only infra's administrators take it away.",
      expect.stringContaining(`${account} stays`),
    ]);
  });

  it("are made by a bootstrap, and nothing else", async () => {
    const setting = await administrator();
    const local = { ...devWithTwoClusters, state: { kind: "local" as const, directory: ".state" } };
    expect(await bootstrap(project ?? named("infra"), local, APPROVED, setting)).toBe(0);
    expect(ranOn(setting)).toEqual([`deploy ${account} --auto-approve`, "deploy dev-access --auto-approve"]);
    expect(setting.actors).toEqual([`${account} by the caller`, "dev-access by the caller"]);
  });
});

it("deploys no workspace after one that failed", async () => {
  const setting = await settingWith();
  fails = "dev-b-tenancy";
  expect(await deployAll(projects, B, APPROVED, setting)).toBe(1);
  expect(ranOn(setting).at(-1)).toBe("deploy dev-b-tenancy --auto-approve");
});
