import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { identityOf } from "@demarc/deploy";
import { dev } from "@demarc/shared/testing";
import { type Layout, layoutOf } from "../layout";
import { writeRecord } from "../local-aws/record";
import type { Surroundings } from "../session";
import { temporaryFolder } from "../testing/temporary-folder";
import { env } from "./env";
import { kubeconfig } from "./kubeconfig";
import { listen } from "../loopback/listening";

let server: Server;
let layout: Layout;
let clusters: Record<string, object>;
let said: string[];
/** Roles that STS was asked for. */
let asked: (string | null)[];

const ACTIVE = { status: "ACTIVE", endpoint: "https://127.0.0.1:6443", certificateAuthority: { data: "Q0E=" } };

const SESSION = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
  <AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
  <Expiration>2030-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

/** Servers that this very process is: they run, and answer as STS and as an EKS API with these clusters. */
beforeEach(async () => {
  said = [];
  clusters = { "dev-a": ACTIVE };
  asked = [];
  server = createServer((request, response) => {
    const { url = "", method } = request;
    if (method === "POST") {
      request.on("data", (body: Buffer) => asked.push(new URLSearchParams(body.toString()).get("RoleArn")));
      request.on("end", () => response.setHeader("content-type", "text/xml").end(SESSION));
      return;
    }
    const cluster = clusters[url.replace("/clusters/", "")];
    response.statusCode = url.startsWith("/clusters/") && cluster === undefined ? 404 : 200;
    response.end(JSON.stringify({ cluster }));
  });
  const url = `http://127.0.0.1:${String(await listen(server))}`;
  layout = layoutOf(temporaryFolder("kubeconfig"));
  mkdirSync(layout.home, { recursive: true });
  const own = { process: (await identityOf(process.pid)) ?? { pid: 0, started: "" }, url };
  const startedAt = new Date().toISOString();
  writeFileSync(layout.target, "{}");
  const servers = { judge: own, aws: own, eks: own };
  writeRecord(layout.servers, { account: "123456789012", region: "ap-northeast-1", startedAt, ...servers });
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const surroundings = (): Surroundings => ({
  layout,
  inherited: { PATH: process.env["PATH"], KUBECONFIG: "/home/ada/.kube/config" },
  console: { live: false, columns: () => 80, write: () => true, say: (line) => said.push(line) },
});

describe("kubeconfig", () => {
  it("prints the one of a team, and nothing of the others", async () => {
    expect(await kubeconfig("pets", surroundings(), [dev])).toBe(0);
    expect(said.join("\n")).toMatch(/^\{\n {2}"apiVersion": "v1",[^]*"current-context": "pets"[^]*role\/team\/pets/);
    expect(said.join("\n")).not.toContain("shop");
  });

  it("lists the teams with their namespaces and roles where none is named", async () => {
    expect(await kubeconfig(undefined, surroundings(), [dev])).toBe(0);
    expect(said).toContain("  shop      dev-a    shop       arn:aws:iam::123456789012:role/team/shop");
  });

  it("lists them to whoever names one that is not there", async () => {
    const refused = kubeconfig("pet", surroundings(), [dev]);
    await expect(refused).rejects.toThrow('There is no team "pet" here; these are the teams:');
    await expect(refused).rejects.toThrow("role/team/pets");
  });

  it.each([
    ["none", {}],
    ["one that is being made", { "dev-a": { status: "CREATING" } }],
    ["one that goes", { "dev-a": { ...ACTIVE, status: "DELETING" } }],
  ])("says how to get a cluster where there is %s", async (_, found) => {
    clusters = found;
    await expect(kubeconfig("pets", surroundings(), [dev])).rejects.toThrow(
      "No cluster runs: npm run sandbox -- up dev",
    );
  });
});

describe("env", () => {
  it("leads kubectl to a file of the sandbox's, with every team in it, that only its owner can read", async () => {
    expect(await env(undefined, surroundings(), [dev])).toBe(0);
    expect(said).toContain(`export KUBECONFIG='${layout.kubeconfig}'`);
    expect(said).toContain("# kubectl acts as pets; as another team: kubectl --context infra|platform|shop");
    expect(readFileSync(layout.kubeconfig, "utf8")).toMatch(/role\/team\/infra[^]*role\/team\/shop/);
    expect(statSync(layout.kubeconfig).mode & 0o777).toBe(0o600);
  });

  it("leaves kubectl without a cluster where none runs, never with the user's own", async () => {
    clusters = {};
    await env(undefined, surroundings(), [dev]);
    expect(said).toContain(`export KUBECONFIG='${layout.kubeconfig}'`);
    expect(readFileSync(layout.kubeconfig, "utf8")).toContain('"contexts": []');
  });

  it("adds the sandbox's programs to the shell's own PATH", async () => {
    await env(undefined, surroundings(), [dev]);
    expect(said.filter((line) => line.includes("PATH="))).toEqual([`export PATH='${layout.bin}':"$PATH"`]);
  });

  it("without a team acts as an administrator, and says that nobody judges it", async () => {
    await env(undefined, surroundings(), [dev]);
    expect(said).toContain("export AWS_ACCESS_KEY_ID='sandbox'");
    expect(said.join("\n")).toContain("an administrator, whom IAM does not judge");
  });

  it("of a team acts as its role, in aws and in kubectl", async () => {
    expect(await env("shop", surroundings(), [dev])).toBe(0);
    expect(asked).toEqual(["arn:aws:iam::123456789012:role/team/shop"]);
    expect(said).toContain("export AWS_ACCESS_KEY_ID='ASIA1'");
    expect(said).toContain("export AWS_SESSION_TOKEN='token'");
    expect(said.join("\n")).toContain("aws acts as shop, which IAM judges");
    expect(said).toContain("# kubectl acts as shop; as another team: kubectl --context infra|platform|pets");
  });

  it("lists the teams to whoever names one that is not there", async () => {
    await expect(env("shops", surroundings(), [dev])).rejects.toThrow('There is no team "shops" in dev');
  });
});
