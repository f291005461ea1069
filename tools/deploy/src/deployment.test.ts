import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { environmentNamed } from "@demarc/shared/environment";
import { bootstrap, deploy, deployAll, destroy, diff, synth } from "./deployment";
import { deployableProjects, type Project } from "./projects";
import { outdirOf } from "./run";
import type { Setting } from "./setting";
import { Bucket } from "./testing/bucket";
import { repositoryOf, stateAt, synthesizedOutput, type WrittenStack } from "./testing/repository";

const network = { id: "dev-network", state: stateAt("dev/infra/network.tfstate") };
const dns = { id: "dev-dns", state: stateAt("dev/infra/dns.tfstate"), reads: [network.state] };
const addons = {
  id: "dev-a-addons",
  state: stateAt("dev/a/k8s-platform/addons.tfstate"),
  reads: [stateAt("dev/a/infra/cluster.tfstate"), dns.state],
};

const APPROVED = ["--auto-approve"];

let bucket: Bucket | undefined;
afterEach(() => bucket?.close());

async function settingWith(
  objects: Readonly<Record<string, string>> | undefined,
): Promise<Setting & { said: string[] }> {
  bucket = await new Bucket(objects).open();
  const said: string[] = [];
  // Without a PATH to Terraform, nothing that is begun by mistake goes far.
  return {
    variables: { PATH: "/usr/bin:/bin" },
    states: bucket.states,
    terminal: false,
    say: (line) => said.push(line),
    said,
  };
}

/** A project whose synth writes these stacks. */
function projectWith(...stacks: readonly WrittenStack[]): Project {
  return project(`mkdir -p "$CDKTF_OUTDIR" && cp -r ${synthesizedOutput(...stacks)}/. "$CDKTF_OUTDIR"`);
}

function project(app: string): Project {
  const [only] = deployableProjects(repositoryOf({ "packages/k8s-platform": app }));
  if (only === undefined) throw new Error("no project");
  return only;
}

const given = (target: Project) => readFileSync(path.join(outdirOf(target), "given"), "utf8");

const invalid = () => project("echo 'environment \"dev\" is not valid' >&2; exit 1");

describe("a deploy", () => {
  it("names every producer that is not deployed: workspace, stack and command", async () => {
    const refused = deploy(projectWith(addons), "dev", APPROVED, await settingWith({}));
    await expect(refused).rejects.toThrow(
      [
        "dev-a-addons reads stack dev-a-cluster of infra, which is not deployed. Deploy it first: npx nx deploy infra --configuration=dev",
        "dev-a-addons reads stack dev-dns of infra, which is not deployed. Deploy it first: npx nx deploy infra --configuration=dev",
      ].join("\n"),
    );
  });

  it("misses no producer that it makes itself", async () => {
    const lock = JSON.stringify({
      ID: "1",
      Operation: "OperationTypeApply",
      Who: "ada@host",
      Created: "2026-01-01T00:00:00Z",
    });
    const setting = await settingWith({ "dev/infra/dns.tfstate.tflock": lock });
    const refused = deploy(projectWith(network, dns), "dev", APPROVED, setting);
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
    expect(await deploy({ ...petstore, app }, "dev", APPROVED, setting)).toBe(1);
    expect(readFileSync(complaints, "utf8")).toContain(`"${target}" is a sandbox's target`);
    rmSync(scratch, { recursive: true });
  });

  it("says how to make the bucket of the states where there is none", async () => {
    const refused = deploy(projectWith(network), "dev", APPROVED, await settingWith(undefined));
    await expect(refused).rejects.toThrow("The bucket states, which keeps the states of dev, does not exist");
    await expect(refused).rejects.toThrow("npm run bootstrap -- dev");
  });

  it.each([
    ["deploy", deploy],
    ["destroy", destroy],
  ])("that nobody approves is refused: %s", async (_, run) => {
    const target = projectWith(network);
    await expect(run(target, "dev", [], await settingWith({}))).rejects.toThrow("Nobody is here to approve");
    expect(existsSync(outdirOf(target))).toBe(false);
  });

  it("of something invalid ends with 1 and writes nothing", async () => {
    const target = invalid();
    expect(await deploy(target, "dev", APPROVED, await settingWith({}))).toBe(1);
    expect(existsSync(outdirOf(target))).toBe(false);
  });

  it("of everything begins with nothing while anything is invalid", async () => {
    const setting = await settingWith(undefined);
    expect(await deployAll([projectWith(network), invalid()], "dev", APPROVED, setting)).toBe(1);
    expect(setting.said).toEqual([]);
  });

  it("of a project that has no stacks in the environment is done", async () => {
    const setting = await settingWith({});
    expect(await deploy(projectWith({ ...network, id: "prod-network" }), "dev", APPROVED, setting)).toBe(0);
    expect(setting.said).toEqual(["k8s-platform has no stacks in dev"]);
  });
});

it("shows no diff of a stack whose producer is to be deployed first, and says so", async () => {
  const setting = await settingWith({});
  expect(await diff(projectWith(dns, { ...network, reads: [dns.state] }), "dev", [], setting)).toBe(0);
  expect(setting.said.join("\n")).toContain(
    "It reads dev-network, which is not deployed yet: all of dev-dns will be new",
  );
});

it("destroys nothing where not even the bucket is there", async () => {
  const setting = await settingWith(undefined);
  expect(await destroy(projectWith(network), "dev", APPROVED, setting)).toBe(0);
  expect(setting.said).toEqual(["k8s-platform: nothing is deployed in dev, not even the bucket of its states"]);
});

it("synthesizes with the context of cdktf.json, for one environment or all", async () => {
  const setting = await settingWith({});
  const target = project(
    `mkdir -p "$CDKTF_OUTDIR" && cp -r ${synthesizedOutput(network)}/. "$CDKTF_OUTDIR" && echo "$CDKTF_CONTEXT_JSON $DEMARC_ENVIRONMENT" > "$CDKTF_OUTDIR/given"`,
  );
  expect(await synth(target, undefined, setting)).toBe(0);
  expect(setting.said).toEqual([expect.stringContaining("dev-network: ")]);
  expect(given(target)).toBe('{"given":"context"} \n');

  await synth(target, "dev", setting);
  expect(given(target)).toBe('{"given":"context"} dev\n');
});

it("holds no stack to an earlier build of a provider that is built here, and every other to what it is locked to", async () => {
  const local = { ...dns, provider: "demarc.local/sandbox/helm" };
  const target = projectWith(network, local);
  const lockOf = ({ id }: WrittenStack) => path.join(outdirOf(target), "stacks", id, ".terraform.lock.hcl");
  const setting = await settingWith({});
  await synth(target, "dev", setting);
  for (const stack of [network, local]) writeFileSync(lockOf(stack), "");
  await synth(target, "dev", setting);
  expect([existsSync(lockOf(network)), existsSync(lockOf(local))]).toEqual([true, false]);
});

it("bootstraps nothing while somebody holds the account's state", async () => {
  const lock = JSON.stringify({
    ID: "1",
    Operation: "OperationTypeApply",
    Who: "ada@host",
    Created: "2026-01-01T00:00:00Z",
  });
  const account = { id: "account-123456789012-ap-northeast-1", state: stateAt("account/infra/account.tfstate") };
  const setting = await settingWith({ "account/infra/account.tfstate.tflock": lock });
  await expect(bootstrap(projectWith(account), environmentNamed("dev"), APPROVED, setting)).rejects.toThrow(
    "account-123456789012-ap-northeast-1 is locked by ada@host",
  );
});
