import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { accountStackId } from "@demarc/shared/environment";
import { dev } from "@demarc/shared/testing";
import { k8sPlatform } from "@demarc/shared/workspace";
import * as cdktf from "./cdktf";
import { deploy } from "./deployment";
import { destroy } from "./destruction";
import { diff } from "./diff";
import { settingOfOwner } from "./owner";
import { deployableProjects, type Project } from "./projects";
import type { Setting } from "./setting";
import { States } from "./states";
import { Bucket, DEPLOYED } from "./testing/bucket";
import { type ConsumingStack, outputOf, repositoryOf, synthThatWrites } from "./testing/repository";
import { asked, settingOf } from "./testing/setting";

const addons: ConsumingStack = { workspace: k8sPlatform, stack: "addons", cluster: "a" };

const FAILING = { pid: 0, ended: Promise.resolve(1), interrupt: () => Promise.resolve() };

let bucket: Bucket;
beforeEach(async () => {
  // It fails, and is not started, which takes most of its time: that its variables are Terraform's is seen where stacks are deployed.
  vi.spyOn(cdktf, "startCdktf").mockReturnValue(FAILING);
  bucket = await new Bucket({
    "dev/a/infra/cluster.tfstate": DEPLOYED,
    "dev/a/k8s-platform/addons.tfstate": DEPLOYED,
  }).open();
});
afterEach(() => {
  bucket.close();
  vi.restoreAllMocks();
});

/** A project whose synth writes these stacks. */
function projectWith({ workspace, ...stack }: ConsumingStack): Project {
  const app = synthThatWrites(outputOf([{ workspace, ...stack }]));
  const [only] = deployableProjects(repositoryOf({ [`packages/${workspace.name}`]: app }));
  if (only === undefined) throw new Error("no project");
  return only;
}

/** A caller that may see nothing but take the teams' roles. */
function callerOf(folder: string): Setting {
  const variables = { PATH: "/usr/bin:/bin", HOME: folder };
  const as = (name: string): NodeJS.ProcessEnv => ({ ...variables, AWS_ACCESS_KEY_ID: name });
  const blind = new States({
    endpoint: "http://127.0.0.1:9",
    credentials: { accessKeyId: "caller", secretAccessKey: "x" },
  });
  return settingOf({
    variables: as("caller"),
    home: mkdtempSync(path.join(folder, "deploy-")),
    states: blind,
    actAs: (environment, { team }) =>
      Promise.resolve({ ...asked, variables: as(`${team} of ${environment.name}`), states: bucket.states }),
  });
}

const temporary = () => mkdtempSync(path.join(tmpdir(), "demarc-owner-"));

it.each([
  ["deploy", deploy, ["--auto-approve"]],
  ["destroy", destroy, ["--auto-approve"]],
  ["diff", diff, []],
])("a stack is its owner's, whose role the caller takes: %s", async (_, run, passedOn) => {
  const caller = callerOf(temporary());
  expect(await run(projectWith(addons), { environment: "dev" }, passedOn, caller)).toBe(1);
  const actors = vi.mocked(cdktf.startCdktf).mock.calls.map(([, { variables }]) => variables["AWS_ACCESS_KEY_ID"]);
  expect(actors).toEqual(["platform of dev"]);
});

it("the folder of a deploy that failed stays, for what Terraform may have left there", async () => {
  const caller = callerOf(temporary());
  expect(await deploy(projectWith(addons), { environment: "dev" }, ["--auto-approve"], caller)).toBe(1);
  expect(readdirSync(caller.home)).toEqual([expect.stringMatching(/^k8s-platform-/)]);
});

it("without being asked for, it is the caller's own", async () => {
  const caller = { ...callerOf(temporary()), actAs: undefined };
  const stacks = [{ id: "dev-a-addons", team: "platform" }];
  expect(await settingOfOwner(caller, { environment: "dev", project: "k8s-platform", stacks })).toBe(caller);
});

it("the account stack is the caller's: teams' boundaries are in it", async () => {
  const caller = callerOf(temporary());
  const account = { id: accountStackId(dev), team: "infra" };
  expect(await settingOfOwner(caller, { environment: "dev", project: "k8s-platform", stacks: [account] })).toBe(caller);
  const network = { id: "dev-network", team: "infra" };
  const { variables } = await settingOfOwner(caller, {
    environment: "dev",
    project: "k8s-platform",
    stacks: [network],
  });
  expect(variables["AWS_ACCESS_KEY_ID"]).toBe("infra of dev");
});
