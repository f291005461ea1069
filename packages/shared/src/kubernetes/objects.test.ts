import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Release, type ReleaseConfig } from "@cdktf/provider-helm/lib/release";
import { Fn, Token } from "cdktf";
import { consume, terraformNumber } from "../contract";
import { dataContract, networkContract, platformContract } from "../contracts";
import type { Environment } from "../environment";
import { dev, synthesized, withApps } from "../testing";
import { type KubernetesObject, listEntries, listObjects, Objects, parseHelmValues } from ".";
import { appWorkspace, k8sPlatform, type Workspace } from "../workspace";
import { type Build, KubernetesStack, synthesizeInto, type WorkspaceStack } from "../stack";
import { contentHash } from "./content-hash";

const petstore = appWorkspace("petstore", { team: "pets" });
const registered = [
  { name: "petstore", team: "pets", hostnames: [] },
  { name: "cats", team: "cats-dogs", hostnames: [] },
];
const configMap: KubernetesObject = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "colours" } };

function buildOf(workspace: Workspace, fill: (stack: WorkspaceStack) => void): Build {
  return withApps(registered, (app, environment) => {
    const stack = workspace.kind === "apps" ? workspace.name : "thing";
    fill(new KubernetesStack(app, { workspace, stack, environment, cluster: "a" }));
  });
}

/** The release of these objects in a stack of the platform. */
function release(objects: (stack: WorkspaceStack) => readonly KubernetesObject[]) {
  const build = buildOf(k8sPlatform, (stack) => {
    new Objects(stack, "objects", { name: "things", namespace: "pets", objects: objects(stack) });
  });
  const { "dev-a-thing": stack } = synthesized(build, dev);
  if (stack === undefined) throw new Error("the stack has another name");
  return stack.resource("helm_release");
}

function valuesOf(attributes: Readonly<Record<string, unknown>>): unknown {
  const [text] = attributes["values"] as string[];
  return parseHelmValues(String(text));
}

describe("a release of objects", () => {
  it("holds them as they are, tokens as references", () => {
    const attributes = release((stack) => [
      { ...configMap, data: { vpc: consume(stack, networkContract).vpcId, quoted: 'a "b" \\d+ \n' } },
    ]);
    expect(valuesOf(attributes)).toEqual({
      objects: [
        {
          ...configMap,
          data: {
            vpc: "${data.terraform_remote_state.infra-network-v2.outputs.network_v2.vpcId}",
            quoted: 'a "b" \\d+ \n',
          },
        },
      ],
    });
  });

  it("keeps a literal ${ from Terraform, which would take it for a reference", () => {
    const attributes = release(() => [{ ...configMap, data: { script: "echo ${HOME} %{http_code}" } }]);
    expect(JSON.stringify(attributes["values"])).toContain("echo $${HOME} %%{http_code}");
  });

  it("holds each entry of a list that only Terraform knows", () => {
    const attributes = release((stack) => [
      { ...configMap, data: { ids: ["first", listEntries(consume(stack, networkContract).internalSubnetIds)] } },
    ]);
    const ids = "data.terraform_remote_state.infra-network-v2.outputs.network_v2.internalSubnetIds";
    expect(attributes["values"]).toEqual([expect.stringContaining(`"ids":["first","\${join("\\",\\"", ${ids})}"]`)]);
    expect(valuesOf(attributes)).toMatchObject({
      objects: [{ data: { ids: ["first", `\${join("\\",\\"", ${ids})}`] } }],
    });
  });

  it("have a list that only Terraform knows as objects too, the braces between which are no end of a reference", () => {
    const attributes = release((stack) => [
      { ...configMap, data: { terms: [listObjects("id", consume(stack, networkContract).internalSubnetIds)] } },
    ]);
    const ids = "data.terraform_remote_state.infra-network-v2.outputs.network_v2.internalSubnetIds";
    const joined = `\${join("\\"},{\\"id\\":\\"", ${ids})}`;
    expect(attributes["values"]).toEqual([expect.stringContaining(`"terms":[{"id":"${joined}"}]`)]);
    expect(valuesOf(attributes)).toMatchObject({ objects: [{ data: { terms: [{ id: joined }] } }] });
  });

  it("refuses a token that JSON cannot hold, naming where it is", () => {
    const port = (stack: WorkspaceStack) => terraformNumber(consume(stack, dataContract).databasePort);
    const ranges = (stack: WorkspaceStack) => consume(stack, networkContract).internalSubnetCidrs;
    for (const token of [port, ranges]) {
      expect(() => release((stack) => [{ ...configMap, data: { token: token(stack) } }])).toThrow(
        "Helm value.objects.0.data.token is a token",
      );
    }
  });

  it("is taken back when it fails, and leaves a few revisions only", () => {
    expect(release(() => [configMap])).toMatchObject({
      atomic: true,
      cleanup_on_fail: true,
      upgrade_install: true,
      wait: true,
      max_history: 5,
      timeout: 600,
    });
  });
});

describe("the chart", () => {
  let outdir: string;
  beforeEach(() => {
    outdir = mkdtempSync(path.join(tmpdir(), "demarc-objects-"));
  });
  afterEach(() => {
    rmSync(outdir, { recursive: true });
  });

  const two = buildOf(k8sPlatform, (stack) => {
    new Objects(stack, "one", { name: "one", namespace: "pets", objects: [configMap] });
    new Objects(stack, "two", { name: "two", namespace: "pets", objects: [configMap] });
  });

  it("travels with the stack, once, at a path relative to it", () => {
    synthesizeInto(two, [dev], { outdir });
    const stack = path.join(outdir, "stacks/dev-a-thing");
    const text = readFileSync(path.join(stack, "cdk.tf.json"), "utf8");
    const [chart, ...others] = [...new Set(text.match(/\.\/assets\/objects-chart\/[0-9a-f]{32}/g))];
    expect(others).toEqual([]);
    expect(readdirSync(path.join(stack, "assets"))).toEqual(["objects-chart"]);
    for (const file of ["Chart.yaml", "values.yaml", "templates/objects.yaml"]) {
      expect(existsSync(path.join(stack, String(chart), file))).toBe(true);
    }
    expect(text).not.toContain(path.resolve(__dirname, "../../../.."));
  });

  it("is told by its content, whatever folder it lies in", () => {
    const chart = path.resolve(__dirname, "../../charts/objects");
    const copy = path.join(outdir, "copy");
    cpSync(chart, copy, { recursive: true });
    expect(contentHash(copy)).toBe(contentHash(chart));
    writeFileSync(path.join(copy, "values.yaml"), "objects: [1]");
    expect(contentHash(copy)).not.toBe(contentHash(chart));
  });
});

describe("an app's releases", () => {
  /** A stack of an app of team pets with a release, as the ownership check sees it. */
  const app = (fill: (stack: WorkspaceStack) => void, environment = dev) =>
    synthesized(buildOf(petstore, fill), environment);
  const objects =
    (object: KubernetesObject, namespace = "pets") =>
    (stack: WorkspaceStack) =>
      new Objects(stack, "objects", { name: "things", namespace, objects: [object] });
  const otherwise = (exposures: Environment["exposures"]) => ({ ...dev, exposures });
  const route: KubernetesObject = {
    apiVersion: "traefik.io/v1alpha1",
    kind: "IngressRoute",
    metadata: { name: "petstore" },
  };

  it("may hold the app's own kinds in its team's namespace, named or by the platform's contract", () => {
    const byContract = (stack: WorkspaceStack) =>
      objects(configMap, Token.asString(Fn.lookup(consume(stack, platformContract).namespaces, "pets")))(stack);
    for (const fill of [objects(configMap), byContract]) expect(() => app(fill)).not.toThrow();
  });

  it("takes the contract's word for a team whose name has a dash", () => {
    const catsAndDogs = appWorkspace("cats", { team: "cats-dogs" });
    const fill = (stack: WorkspaceStack) =>
      objects(configMap, Token.asString(Fn.lookup(consume(stack, platformContract).namespaces, "cats-dogs")))(stack);
    expect(() => synthesized(buildOf(catsAndDogs, fill), dev)).not.toThrow();
  });

  it("may not hold a cluster-wide kind: resource, owner and rule are named", () => {
    const admin = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "admin" } };
    expect(() => app(objects(admin))).toThrow(
      /dev-a-petstore\/objects\/release: helm_release is not as petstore may create it \(ClusterRole admin of rbac\.authorization\.k8s\.io\/v1 belongs to k8s-platform.*\): an app makes releases of the objects chart only/,
    );
  });

  it("may not be in another team's namespace, nor may an object of it", () => {
    const elsewhere = { ...configMap, metadata: { name: "colours", namespace: "shop" } };
    const shops = (stack: WorkspaceStack) =>
      objects(configMap, Token.asString(Fn.lookup(consume(stack, platformContract).namespaces, "shop")))(stack);
    expect(() => app(objects(configMap, "shop"))).toThrow("the release is in namespace shop and its team is pets");
    expect(() => app(objects(elsewhere))).toThrow("ConfigMap colours is in namespace shop and its team is pets");
    expect(() => app(shops)).toThrow(/the release is in namespace \$\{.*shop.*\} and its team is pets/);
  });

  it("have a custom resource only with the exposure that it belongs to, in the version that is served", () => {
    const routed = otherwise([{ kind: "traefik", scheme: "internal" }]);
    expect(() => app(objects(route))).toThrow("comes with another exposure");
    expect(() => app(objects(route), routed)).not.toThrow();
    expect(() => app(objects({ ...route, apiVersion: "traefik.containo.us/v1alpha1" }), routed)).toThrow("containo");
  });

  it("may not be of another chart, wherever it comes from", () => {
    const chart = (config: Partial<ReleaseConfig>) => (stack: WorkspaceStack) =>
      new Release(stack, "release", { name: "redis", chart: "redis", namespace: "pets", ...config });
    for (const config of [{}, { repository: "https://charts.example.com" }, { chart: "./assets/objects-chart/mine" }]) {
      expect(() => app(chart(config))).toThrow(/is not the objects chart; k8s-platform installs charts/);
    }
  });

  it("may not bring values by another way", () => {
    const other = (override: (release: Release) => void) => (stack: WorkspaceStack) => {
      override(objects(configMap)(stack).release);
    };
    const ways = [
      (release: Release) => {
        release.addOverride("set", [{ name: "objects[0].kind", value: "ClusterRole" }]);
      },
      (release: Release) => {
        release.addOverride("values", ["{}", "{}"]);
      },
      (release: Release) => {
        release.addOverride("values", ['{"objects": "${file(\\"x\\")}"}']);
      },
    ];
    for (const way of ways) {
      expect(() => app(other(way))).toThrow(/its values are not just the objects|it may not have set\)/);
    }
  });
});
