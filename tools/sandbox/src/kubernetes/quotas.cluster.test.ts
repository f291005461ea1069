import { awaitCounts } from "@demarc/deploy";
import { objectNamed, releaseNamed, tenancyStack, valuesOf } from "@demarc/k8s-platform/src/testing/platform";
import { podMaker, template } from "@demarc/k8s-platform/src/testing/pods";
import { z } from "zod";
import { KubernetesClient } from "../controllers/kubernetes/client";
import { eventually } from "./testing/eventually";
import { createIn, makeNamespace, makeQuota } from "./testing/objects";
import { runControlPlane, type RunningControlPlane } from "./testing/running-control-plane";
import { said } from "./testing/said";
import { objects, pathOf } from "./testing/team-objects";

const stack = tenancyStack();
const { hard } = z
  .object({ hard: z.record(z.string(), z.string()) })
  .parse(objectNamed(stack, "resource_quota", "team", "pets")["spec"]);
const amounts = z.record(z.string(), z.string());
const ranges = z
  .object({
    limit: z.array(
      z.object({ type: z.string(), default: amounts, default_request: amounts, min: amounts, max: amounts }),
    ),
  })
  .parse(objectNamed(stack, "limit_range", "team", "pets")["spec"]);
const metadata = z.object({ name: z.string(), namespace: z.string() });
const scoped = z
  .object({ objects: z.array(z.object({ metadata, spec: z.looseObject({}) })) })
  .parse(valuesOf(releaseNamed(stack, "affinity-quotas"))[0])
  .objects.filter(({ metadata: { namespace } }) => namespace.includes("pets"));

/** What a team may write, and what controllers make of it, as they are on every cluster. */
const counted = {
  ...objects,
  pods: podMaker("Pod", template()),
  replicasets: podMaker("ReplicaSet", template()),
  controllerrevisions: { metadata: { name: "app" }, revision: 1, data: {} },
};

let running: RunningControlPlane;
let cluster: KubernetesClient;

beforeAll(async () => {
  running = await runControlPlane();
  cluster = new KubernetesClient(running.connection, "test");
  await makeNamespace(cluster, "full");
  // No more of anything: what a team has when it has all that it may.
  const counts = Object.keys(hard).filter((name) => name.startsWith("count/") || name === "persistentvolumeclaims");
  await makeQuota(cluster, "full", "team", { hard: Object.fromEntries(counts.map((name) => [name, "0"])) });
  await makeNamespace(cluster, "pets");
  await makeQuota(cluster, "pets", "team", { hard });
  for (const { metadata, spec } of scoped) await makeQuota(cluster, "pets", metadata.name, spec);
  const limits = ranges.limit.map(({ default_request: defaultRequest, ...rest }) => ({ ...rest, defaultRequest }));
  await createIn(cluster, "pets", "/api/v1", "limitranges", { metadata: { name: "limits" }, spec: { limits } });
});

afterAll(async () => {
  cluster.close();
  await running.stop();
});

function make(path: string, body: object): Promise<string> {
  return said(cluster.server.ask(path, { method: "POST", query: { dryRun: "All" }, body }));
}

const makePod = (spec: object) =>
  make("/api/v1/namespaces/pets/pods", { ...podMaker("Pod", template(spec)), metadata: { name: "app" } });
const container = (name: string, disk: string, more: object = {}) => ({
  name,
  image: "registry.example.com/app:1",
  resources: { limits: { "ephemeral-storage": disk, cpu: "1m", memory: "1Mi", ...more } },
});

it.each(Object.entries(counted))(
  "one more of %s than a team may have is refused by the quota team",
  async (plural, object) => {
    const path = pathOf(plural).replace("/pets/", "/full/");
    const body = { ...object, metadata: { ...object.metadata, namespace: "full" } };
    expect(await make(path, body)).toMatch(new RegExp(`exceeded quota: team, requested: .*${plural}`));
  },
);

it("a container that may fill more of a node's disk than the most is refused by the limits of containers", async () => {
  expect(await makePod({ containers: [container("app", "11Gi")] })).toContain(
    "maximum ephemeral-storage usage per Container is 10Gi",
  );
});

it.each(["cpu", "memory", "ephemeral-storage"])(
  "a container whose %s is not limited, by a limit of 0, is refused by the limits of containers",
  async (kind) => {
    for (const containers of ["containers", "initContainers"]) {
      const free = { [containers]: [container("free", "1Mi", { [kind]: "0" })] };
      expect(await makePod(free)).toContain(`minimum ${kind} usage per Container is`);
    }
  },
);

it("a container that requests nothing, so that the quota counts nothing, is refused by the limits of containers", async () => {
  const { resources, ...rest } = container("free", "1Mi");
  const containers = [{ ...rest, resources: { ...resources, requests: { cpu: "0", memory: "0" } } }];
  expect(await makePod({ containers })).toContain("minimum cpu usage per Container is 1m, but request is 0");
});

it("more of the nodes' disks than a team may fill is refused by the quota team", async () => {
  const containers = ["a", "b", "c", "d", "e", "f"].map((name) => container(name, "10Gi"));
  expect(await makePod({ containers })).toMatch(/exceeded quota: team, requested: .*limits\.ephemeral-storage=60Gi/);
});

it.each(["podAffinity", "podAntiAffinity"])(
  "%s to every namespace, where no policy is, is refused by the quota cross-namespace-affinity",
  async (kind) => {
    const term = { topologyKey: "kubernetes.io/hostname", labelSelector: {}, namespaceSelector: {} };
    const spec = { affinity: { [kind]: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } };
    expect(await makePod(spec)).toContain("exceeded quota: cross-namespace-affinity");
  },
);

it.each(["system-cluster-critical", "system-node-critical"])(
  "priority %s, where no policy is, is refused by the quota system-priorities",
  async (priorityClassName) => {
    expect(await makePod({ priorityClassName })).toContain("exceeded quota: system-priorities");
  },
);

it("a pod that says nothing of this is let in, with a size of its own", async () => {
  expect(await makePod({})).toBe("let in");
});

describe("a quota of a kind that is new", () => {
  const group = "example.com";
  const path = `/apis/${group}/v1/namespaces/new/widgets`;
  const widget = { apiVersion: `${group}/v1`, kind: "Widget", metadata: { name: "one" } };
  const definition = {
    metadata: { name: `widgets.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { plural: "widgets", singular: "widget", kind: "Widget" },
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
    },
  };
  const counts = { configmaps: "count/configmaps", widgets: `count/widgets.${group}` };

  it("refuses all of that kind until Kubernetes counts it, which a deploy waits for", async () => {
    await makeNamespace(cluster, "new");
    await cluster.server.ask("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {
      method: "POST",
      body: definition,
    });
    await makeQuota(cluster, "new", "team", { hard: { [counts.configmaps]: "5", [counts.widgets]: "5" } });
    await eventually(
      () => make(path, widget),
      (answer) => !answer.includes("could not find the requested resource"),
    );
    expect(await make(path, widget)).toContain(`status unknown for quota: team, resources: ${counts.widgets}`);

    const said: string[] = [];
    const patience = { atMost: 60_000, every: 2_000 };
    expect(await awaitCounts("new", cluster.server, (line) => said.push(line), patience)).toBe(true);
    expect(said).toEqual([expect.stringContaining(`${counts.widgets} (quota team) in new`)]);
    expect(await make(path, widget)).toBe("let in");
  }, 90_000);
});
