import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { CHARTS_FOLDER } from "../charts/repository";
import { ApiError } from "@demarc/deploy/kubernetes";
import { KubernetesClient } from "../controllers/kubernetes/client";
import { kinds } from "../controllers/kubernetes/kinds";
import type { KubernetesObject, ResourceKind } from "../controllers/kubernetes/object";
import { contentOf } from "../eks-api/summary";
import { releasesIn } from "../eks-api/releases";
import { kwokNode } from "../kubernetes/testing/objects";
import { type RunningControlPlane, runControlPlane } from "../kubernetes/testing/running-control-plane";
import { type StandInTerraform, standInTerraform } from "./testing/stand-in-terraform";

const PLATFORM = path.resolve(__dirname, "../../../../packages/k8s-platform");
const OBJECTS_CHART = path.resolve(__dirname, "../../../../packages/shared/charts/objects");
const IN_SYSTEM = "kube-system";

/** What infra's contracts would tell, by the last word of the reference. */
const CONTRACTS: Readonly<Record<string, string>> = {
  baseDomain: "dev.example.com",
  podLogGroupName: "/aws/eks/dev-a/pods",
  vpcId: "vpc-0123456789abcdef0",
  zoneId: "Z0123456789ABCDEF",
};

const addonsStack = z.object({
  resource: z.object({
    helm_release: z.record(z.string(), z.looseObject({ chart: z.string(), values: z.array(z.string()) })),
  }),
});

interface IngressClassParams extends KubernetesObject {
  readonly spec?: Readonly<Record<string, unknown>>;
}
const ingressClassParams: ResourceKind<IngressClassParams> = {
  apiVersion: "elbv2.k8s.aws/v1beta1",
  kind: "IngressClassParams",
  plural: "ingressclassparams",
  namespaced: false,
};
const targetGroupBindings: ResourceKind = {
  apiVersion: "elbv2.k8s.aws/v1beta1",
  kind: "TargetGroupBinding",
  plural: "targetgroupbindings",
  namespaced: true,
};

let cluster: RunningControlPlane;
let kubernetes: KubernetesClient;
let terraform: StandInTerraform;

beforeAll(async () => {
  cluster = await runControlPlane();
  kubernetes = new KubernetesClient(cluster.connection, "test");
  await kubernetes.create(kinds.nodes, kwokNode("one"));
  terraform = await standInTerraform(cluster.connection);
});

afterAll(async () => {
  terraform.remove();
  kubernetes.close();
  await cluster.stop();
});

/** The releases of dev's add-ons as the platform synthesizes them, of the stand-in charts. */
function releases(): Record<string, object> {
  const outdir = mkdtempSync(path.join(tmpdir(), "addons-"));
  const env = { ...process.env, CDKTF_OUTDIR: outdir, DEMARC_ENVIRONMENT: "dev" };
  execFileSync("npx", ["tsx", "src/main.ts"], { cwd: PLATFORM, env, stdio: "pipe" });
  const text = readFileSync(path.join(outdir, "stacks/dev-a-addons/cdk.tf.json"), "utf8");
  rmSync(outdir, { recursive: true });
  const { helm_release: found } = addonsStack.parse(JSON.parse(text)).resource;
  return Object.fromEntries(
    Object.entries(found).map(([id, { "//": _, depends_on: __, repository: ___, chart, values, ...others }]) => [
      id,
      {
        ...others,
        chart: chart.startsWith("./assets") ? OBJECTS_CHART : path.join(CHARTS_FOLDER, chart),
        values: values.map(filledIn),
        timeout: 120,
      },
    ]),
  );
}

function filledIn(values: string): string {
  return values.replace(/\$\{[^}]*?(\w+)\}/g, (_, last: string) => CONTRACTS[last] ?? last);
}

async function argumentsOf(name: string): Promise<readonly string[]> {
  const deployment = await kubernetes.get(kinds.deployments, { name, namespace: IN_SYSTEM });
  const { command = [], args = [] } = deployment?.spec.template.spec?.containers[0] ?? {};
  return [...command, ...args];
}

/** Whether the add-on's service account may do that. */
async function may(account: string, verb: string, group: string, resource: string): Promise<boolean> {
  const [plural = "", subresource = ""] = resource.split("/");
  const answer = await kubernetes.server.ask("/apis/authorization.k8s.io/v1/subjectaccessreviews", {
    method: "POST",
    body: {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SubjectAccessReview",
      spec: {
        user: `system:serviceaccount:${IN_SYSTEM}:${account}`,
        resourceAttributes: { verb, group, resource: plural, subresource, namespace: "pets" },
      },
    },
  });
  return z.object({ status: z.object({ allowed: z.boolean() }) }).parse(answer).status.allowed;
}

it("all install with the platform's values, and have nothing more to do", async () => {
  terraform.write("addons", { resource: { helm_release: releases() } });
  const { exitCode, said } = await terraform.apply();
  expect({ exitCode, said }).toMatchObject({ exitCode: 0, said: expect.stringContaining("7 added") });
  expect(await terraform.plan()).toMatchObject({ exitCode: 0 });
});

it("run with the priority of what a node, or the cluster, cannot do without", async () => {
  const [daemonSets, deployments] = await Promise.all(
    ["daemonsets", "deployments"].map(async (plural) =>
      workloads.parse(await kubernetes.server.ask(`/apis/apps/v1/namespaces/${IN_SYSTEM}/${plural}`)),
    ),
  );
  const priorities = (of: z.infer<typeof workloads> | undefined) =>
    of?.items.map(({ spec }) => spec.template.spec.priorityClassName);
  expect(priorities(daemonSets)).toEqual(["system-node-critical"]);
  expect(priorities(deployments)).toEqual(Array<string>(4).fill("system-cluster-critical"));
});

const podTemplate = z.object({ spec: z.object({ priorityClassName: z.string().optional() }) });
const workloads = z.object({ items: z.array(z.object({ spec: z.object({ template: podTemplate }) })) });

it("give the controllers the arguments that the platform means", async () => {
  expect(await argumentsOf("aws-load-balancer-controller")).toEqual(
    expect.arrayContaining([
      "--cluster-name=dev-a",
      "--ingress-class=alb",
      "--aws-region=ap-northeast-1",
      "--aws-vpc-id=vpc-0123456789abcdef0",
      "--default-target-type=ip",
      "--enable-shield=false",
      "--disable-ingress-class-annotation=true",
      expect.stringMatching(/^--default-tags=(.+,)?team=platform/),
    ]),
  );
  expect(await argumentsOf("external-dns")).toEqual(
    expect.arrayContaining([
      "--source=ingress",
      "--domain-filter=dev.example.com",
      "--policy=sync",
      "--registry=txt",
      "--txt-owner-id=dev-a",
      "--managed-record-types=A",
      "--managed-record-types=AAAA",
      "--events",
      "--interval=5m",
      "--provider=aws",
      "--zone-id-filter=Z0123456789ABCDEF",
      "--ingress-class=alb-pets",
      "--ingress-class=alb-shop",
      "--annotation-prefix=external-dns.demarc/",
    ]),
  );
  expect(await argumentsOf("cluster-autoscaler-aws-cluster-autoscaler")).toEqual(
    expect.arrayContaining([
      "--cloud-provider=aws",
      "--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/dev-a",
      "--balance-similar-node-groups=true",
      "--expander=least-waste",
    ]),
  );
});

it("bring the parameters that ingress classes of teams have, and no class", async () => {
  expect((await kubernetes.list(kinds.ingressClasses)).items).toEqual([]);
  const spec = {
    namespaceSelector: { matchLabels: { team: "pets" } },
    group: { name: "dev-a-pets" },
    scheme: "internet-facing",
    targetType: "ip",
    certificateArn: ["arn:aws:acm:ap-northeast-1:123456789012:certificate/one"],
    sslRedirectPort: "443",
    loadBalancerAttributes: [{ key: "routing.http.drop_invalid_header_fields.enabled", value: "true" }],
  };
  expect(await kubernetes.create(ingressClassParams, { metadata: { name: "alb-pets" }, spec })).toMatchObject({ spec });
});

it("bring TargetGroupBinding, which needs a Service to bind to", async () => {
  const metadata = { name: "petstore", namespace: "default" };
  const spec = { targetGroupARN: "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:targetgroup/one/1" };
  const serviceRef = { name: "petstore", port: 80 };
  await expect(kubernetes.create(targetGroupBindings, { metadata, spec })).rejects.toThrow(ApiError);
  await kubernetes.create(targetGroupBindings, { metadata, spec: { ...spec, serviceRef, targetType: "ip" } });
});

it("the autoscaler may change nodes as it does, and no other way", async () => {
  expect(await may("cluster-autoscaler", "update", "", "nodes")).toBe(true);
  expect(await may("cluster-autoscaler", "patch", "", "nodes")).toBe(false);
});

it.each([
  ["aws-load-balancer-controller", "patch", "networking.k8s.io", "ingresses/status"],
  ["aws-load-balancer-controller", "update", "", "services"],
  ["aws-load-balancer-controller", "create", "elbv2.k8s.aws", "targetgroupbindings"],
  ["cluster-autoscaler", "create", "", "pods/eviction"],
  ["external-dns", "watch", "networking.k8s.io", "ingresses"],
  ["metrics-server", "get", "", "nodes/metrics"],
  ["aws-for-fluent-bit", "list", "", "pods"],
])("%s may %s %s %s", async (account, verb, group, resource) => {
  expect(await may(account, verb, group, resource)).toBe(true);
});

it.each(["aws-load-balancer-controller", "cluster-autoscaler", "external-dns", "metrics-server", "aws-for-fluent-bit"])(
  "%s may read no Secret",
  async (account) => {
    expect(await may(account, "get", "", "secrets")).toBe(false);
  },
);

it("are missed where somebody deletes one, which no plan sees", async () => {
  const pods = async (of: string) => {
    const found = releasesIn(await contentOf(kubernetes)).find(({ name }) => name === of);
    return found?.workloads.map(({ kind, wanted, missing }) => ({ kind, wanted, missing }));
  };
  expect(await pods("metrics-server")).toEqual([{ kind: "Deployment", wanted: 2, missing: false }]);
  expect(await pods("aws-for-fluent-bit")).toEqual([{ kind: "DaemonSet", wanted: 1, missing: false }]);
  await kubernetes.delete(kinds.deployments, { name: "metrics-server", namespace: IN_SYSTEM });
  expect(await pods("metrics-server")).toEqual([{ kind: "Deployment", wanted: 2, missing: true }]);
  expect(await terraform.plan()).toMatchObject({ exitCode: 0 });
});

it("tell of a value that is none of the chart's, and that they are stand-ins", async () => {
  const wrong = {
    name: "metrics-again",
    namespace: IN_SYSTEM,
    chart: path.join(CHARTS_FOLDER, "metrics-server"),
    values: [JSON.stringify({ replicaCount: 2 })],
  };
  terraform.write("wrong", { resource: { helm_release: { wrong } } });
  const { exitCode, said } = await terraform.apply();
  expect(exitCode).toBe(1);
  expect(said).toContain("'replicaCount' not allowed");
  expect(said).toMatch(/sandbox's\s+stand-in\s+for\s+metrics-server/);
});
