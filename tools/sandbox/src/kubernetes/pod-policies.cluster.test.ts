import { CONTEXT } from "@demarc/k8s-platform/src/testing/admission";
import { attemptsOn, podAttempts, podsLetIn } from "@demarc/k8s-platform/src/testing/pod-attempts";
import {
  IMAGE,
  type PodKind,
  podKinds,
  podMaker,
  type Template,
  template,
} from "@demarc/k8s-platform/src/testing/pods";
import { policies } from "@demarc/k8s-platform/src/tenancy/policies";
import { z } from "zod";
import { KubernetesClient } from "../controllers/kubernetes/client";
import { eventually } from "./testing/eventually";
import { createIn, makeNamespace } from "./testing/objects";
import { makePolicies } from "./testing/policies";
import { runControlPlane, type RunningControlPlane } from "./testing/running-control-plane";
import { said } from "./testing/said";

const POLICIES = ["images", "node-upgrades", "priorities", "scheduling", "volumes", "disruption-budgets", "secrets"];
const kinds = Object.keys(podKinds) as PodKind[];
/** Those whose template can be changed. Of a Job only what its scheduling needs can, while it is suspended; of a pod its image. */
const changeable = kinds.filter((kind) => kind !== "Job" && kind !== "Pod");
const dryRun = { dryRun: "All" } as const;

let running: RunningControlPlane;
let cluster: KubernetesClient;

beforeAll(async () => {
  running = await runControlPlane();
  cluster = new KubernetesClient(running.connection, "test");
  await makeNamespace(cluster, "pets", { team: "pets" });
  await ask("/apis/scheduling.k8s.io/v1/priorityclasses", { metadata: { name: "batch" }, value: 1 });
  await makePolicies(
    cluster,
    policies(CONTEXT).filter(({ name }) => POLICIES.includes(name.replace("demarc-", ""))),
  );
  for (const policy of new Set(podAttempts.map((attempt) => attempt.policy))) {
    const attempt = podAttempts.find((it) => it.policy === policy);
    if (attempt === undefined) continue;
    await eventually(
      () => make("Deployment", attempt.template),
      (answer) => answer.includes(attempt.answer),
    );
  }
});

afterAll(async () => {
  cluster.close();
  await running.stop();
});

async function ask(path: string, body: object): Promise<unknown> {
  return cluster.server.ask(path, { method: "POST", body });
}

const collection = (kind: PodKind) => `${podKinds[kind].path}/namespaces/pets/${podKinds[kind].plural}`;

function make(kind: PodKind, of: Template, name = "app"): Promise<string> {
  const object = podMaker(kind, of);
  const body = { ...object, metadata: { ...object.metadata, name } };
  return said(cluster.server.ask(collection(kind), { method: "POST", query: dryRun, body }));
}

function apply(kind: PodKind, of: Template): Promise<string> {
  const body = { ...podMaker(kind, of), apiVersion: podKinds[kind].path.replace(/^\/apis?\//, "") };
  const query = { ...dryRun, fieldManager: "pets", force: "true" };
  const contentType = "application/apply-patch+yaml";
  return said(cluster.server.ask(`${collection(kind)}/app`, { method: "PATCH", query, contentType, body }));
}

function merge(path: string, body: object, contentType = "application/merge-patch+json"): Promise<string> {
  return said(cluster.server.ask(path, { method: "PATCH", query: dryRun, contentType, body }));
}

/** Puts an object of that template in the place of the one that is there. */
function replace(kind: PodKind, of: Template): Promise<string> {
  return said(
    cluster.server.ask(`${collection(kind)}/app`, { method: "PUT", query: dryRun, body: podMaker(kind, of) }),
  );
}

describe.each(kinds)("a new %s", (kind) => {
  it.each(podAttempts)(
    "with $name, created or applied, is refused by demarc-$policy",
    async ({ template: of, answer }) => {
      expect(await make(kind, of)).toContain(answer);
      expect(await apply(kind, of)).toContain(answer);
    },
  );

  it.each(podsLetIn.map(({ name, template: of }) => [name, of] as const))("with %s is let in", async (_, of) => {
    expect(await make(kind, of)).toBe("let in");
  });
});

describe.each(changeable)("a %s that is there", (kind) => {
  beforeAll(async () => {
    await ask(collection(kind), podMaker(kind, template()));
  });

  it.each(podAttempts)(
    "patched to $name, or replaced, is refused by demarc-$policy",
    async ({ template: of, answer }) => {
      const { spec } = z.looseObject({ spec: z.unknown() }).parse(podMaker(kind, of));
      expect(await merge(`${collection(kind)}/app`, { spec })).toContain(answer);
      expect(await replace(kind, of)).toContain(answer);
      expect(await apply(kind, of)).toContain(answer);
    },
  );
});

describe("a Job that is there, suspended", () => {
  beforeAll(async () => {
    await ask(collection("Job"), podMaker("Job", template()));
  });

  it.each(attemptsOn("scheduling"))(
    "patched to $name is refused by demarc-$policy",
    async ({ template: { metadata, spec }, answer }) => {
      const { containers: _, ...changes } = z.looseObject({ containers: z.unknown() }).parse(spec);
      expect(await merge(`${collection("Job")}/app`, { spec: { template: { metadata, spec: changes } } })).toContain(
        answer,
      );
    },
  );
});

describe("a pod that is there", () => {
  beforeAll(async () => {
    // With the labels of the others a controller would adopt it and, wanting none, delete it.
    await ask(collection("Pod"), podMaker("Pod", template({}, { labels: { app: "alone" } })));
  });

  it.each(attemptsOn("images"))(
    "given an ephemeral container of $name is refused by demarc-$policy",
    async ({ template: { spec }, answer }) => {
      const ephemeralContainers = imagesIn(spec).map((image) => ({ name: "debug", image }));
      const path = `${collection("Pod")}/app/ephemeralcontainers`;
      const debug = { spec: { ephemeralContainers } };
      expect(await merge(path, debug, "application/strategic-merge-patch+json")).toContain(answer);
    },
  );

  it.each(attemptsOn("images"))("patched to $name is refused by demarc-$policy", async ({ template: of, answer }) => {
    const containers = imagesIn(of.spec).map((image) => ({ name: "app", image }));
    const body = { spec: { containers } };
    expect(await merge(`${collection("Pod")}/app`, body, "application/strategic-merge-patch+json")).toContain(answer);
  });

  it.each(attemptsOn("metadata"))("patched to $name is refused by demarc-$policy", async ({ template: of, answer }) => {
    expect(await merge(`${collection("Pod")}/app`, { metadata: of.metadata })).toContain(answer);
  });

  it.each(attemptsOn("tolerations"))(
    "patched to $name is refused by demarc-$policy",
    async ({ template: of, answer }) => {
      // Kubernetes lets tolerations be added, and none be taken away.
      const path = `${collection("Pod")}/app`;
      const { spec } = live.parse(await cluster.server.ask(path));
      const tolerations = [
        ...spec.tolerations,
        ...z.object({ tolerations: z.array(z.unknown()) }).parse(of.spec).tolerations,
      ];
      expect(await merge(path, { spec: { tolerations } })).toContain(answer);
    },
  );

  it("gets an ephemeral container of an image that any pod may have", async () => {
    const debug = { spec: { ephemeralContainers: [{ name: "debug", image: IMAGE }] } };
    const path = `${collection("Pod")}/app/ephemeralcontainers`;
    expect(await merge(path, debug, "application/strategic-merge-patch+json")).toBe("let in");
  });
});

const live = z.object({ spec: z.object({ tolerations: z.array(z.unknown()).default([]) }) });

function imagesIn(spec: object): string[] {
  const { containers } = z.object({ containers: z.array(z.object({ image: z.string() })) }).parse(spec);
  return containers.map(({ image }) => image);
}

it("what a Job makes of a template that the platform excuses is let in", async () => {
  const excused = template({ containers: [{ name: "app", image: "registry.example.com/pets/petstore:unstable" }] });
  const job = podMaker("Job", excused);
  const body = { ...job, metadata: { ...job.metadata, name: "excused" }, spec: { ...job.spec, suspend: false } };
  await ask(collection("Job"), body);
  const pods = z.object({ items: z.array(z.unknown()) });
  const query = { labelSelector: "job-name=excused" };
  const made = await eventually(
    async () => pods.parse(await cluster.server.ask(collection("Pod"), { query })).items,
    (items) => items.length > 0,
  );
  expect(made).toHaveLength(1);
});

it("the most that a pod can sensibly have is within the API server's budget for expressions", async () => {
  const many = (make: (number: string) => object) => Array.from({ length: 60 }, (_, number) => make(String(number)));
  const of = template({
    containers: many((number) => ({ name: `c${number}`, image: IMAGE })),
    initContainers: many((number) => ({ name: `i${number}`, image: IMAGE })),
    volumes: many((number) => ({ name: `v${number}`, emptyDir: { sizeLimit: "1Mi" } })),
  });
  for (const kind of kinds) expect(await make(kind, of, "large")).toBe("let in");
});

it.each(["kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token"])(
  "a Secret of type %s, created or applied, is refused by demarc-secrets",
  async (type) => {
    const annotations = { "kubernetes.io/service-account.name": "default" };
    const body = { apiVersion: "v1", kind: "Secret", metadata: { name: "token", annotations }, type };
    expect(await said(createIn(cluster, "pets", "/api/v1", "secrets", body))).toContain("a token without end");
    const query = { ...dryRun, fieldManager: "pets" };
    const contentType = "application/apply-patch+yaml";
    const applied = cluster.server.ask("/api/v1/namespaces/pets/secrets/token", {
      ...{ method: "PATCH", query, contentType, body },
    });
    expect(await said(applied)).toContain("a token without end");
  },
);
