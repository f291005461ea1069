import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { TerraformOutput } from "cdktf";
import { dev, synthesized } from "../testing";
import { k8sPlatform } from "../workspace";
import { WorkspaceStack } from "../stack";
import { consume, defineContract, output } from ".";

/** What Terraform itself says at plan time. It reads remote states without any provider, so this needs nothing else. */
const contract = defineContract({
  name: "dns",
  version: 2,
  workspace: "infra",
  stack: "dns",
  scope: "environment",
  outputs: { zoneId: output.string("zone"), names: output.strings("names") },
});

let root: string;
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "demarc-consume-"));
  writeFileSync(path.join(root, "main.tf.json"), JSON.stringify(consumer()));
  terraform("init");
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** A stack that reads the contract, without its provider and backend: there is nothing to deploy. */
function consumer(): object {
  const local = {
    ...dev,
    state: { kind: "local" as const, directory: path.relative(repository, root) },
  };
  const { "dev-a-reader": stack } = synthesized((app, environment) => {
    const reader = new WorkspaceStack(app, { workspace: k8sPlatform, stack: "reader", environment, cluster: "a" });
    new TerraformOutput(reader, "zone", { value: consume(reader, contract).zoneId, staticId: true });
  }, local);
  return { data: stack?.json["data"], output: stack?.json["output"] };
}

const repository = path.resolve(__dirname, "../../../..");

function terraform(...args: string[]): { readonly status: number | null; readonly text: string } {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" };
  const { status, stdout, stderr, error } = spawnSync("terraform", [...args, "-no-color"], {
    cwd: root,
    encoding: "utf8",
    env,
  });
  if (error !== undefined)
    throw new Error(`terraform did not start (${error.message}); install it: it is what deploys every stack`);
  const text = (stdout + stderr).replace(/[│╷╵\n]+ */g, " ");
  return { status, text };
}

/** The producer's state with these outputs, each an object of strings. */
function producer(outputs: Readonly<Record<string, Readonly<Record<string, string>>>>): void {
  const typed = Object.entries(outputs).map(([name, value]) => {
    const types = Object.fromEntries(Object.keys(value).map((key) => [key, "string"]));
    return [name, { value, type: ["object", types] }];
  });
  mkdirSync(path.join(root, "dev/infra"), { recursive: true });
  const state = { version: 4, terraform_version: "1.11.4", serial: 1, lineage: "test", resources: [] };
  writeFileSync(
    path.join(root, "dev/infra/dns.tfstate"),
    JSON.stringify({ ...state, outputs: Object.fromEntries(typed) }),
  );
}

describe("the plan of a consumer", () => {
  it("goes on where its version is served whole, beside another and with more in it than it asks for", () => {
    producer({ dns_v2: { zoneId: "Z1", names: "n", more: "m" }, dns_v3: { id: "Z1" } });
    expect(terraform("plan")).toMatchObject({ status: 0, text: expect.stringContaining('zone = "Z1"') });
  });

  it("says which versions are served where its own is not, and what to deploy", () => {
    producer({ dns_v1: { zone: "Z1" }, dns_v3: { id: "Z1" } });
    const { status, text } = terraform("plan");
    expect(status).toBe(1);
    expect(text).toContain(
      "Contract dns version 2 is not served by stack dev-dns of infra, which serves 1, 3. Deploy it first: npx nx deploy infra --configuration=dev",
    );
  });

  it("says so where none is served", () => {
    producer({});
    expect(terraform("plan").text).toContain(
      "is not served by stack dev-dns of infra, which serves none. Deploy it first",
    );
  });

  it("names the outputs that are missing", () => {
    producer({ dns_v2: { zoneId: "Z1" } });
    const { status, text } = terraform("plan");
    expect(status).toBe(1);
    expect(text).toContain("Contract dns version 2 of stack dev-dns of infra lacks names. Deploy it first");
  });
});
