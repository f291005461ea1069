import { policies } from "@demarc/k8s-platform/src/tenancy/policies";
import { z } from "zod";
import { KubernetesClient } from "../controllers/kubernetes/client";
import { serveKind } from "../controllers/testing/custom-kinds";
import { type Attempt, exampleOf } from "./testing/attempt";
import { forbid } from "./testing/forbid";
import { merged } from "./testing/merged";
import { scaleAttempts } from "./testing/scale-attempts";
import { attempts, CONTEXT, held, POLICIES } from "./testing/team-attempts";
import { examples, pathOf, traefikKinds } from "./testing/team-objects";
import { eventually } from "./testing/eventually";
import { makeNamespace } from "./testing/objects";
import { personOf } from "./testing/person";
import { makePolicies } from "./testing/policies";
import { runControlPlane, type RunningControlPlane } from "./testing/running-control-plane";
import { said } from "./testing/said";

let running: RunningControlPlane;
let admin: KubernetesClient;
let pets: KubernetesClient;

beforeAll(async () => {
  running = await runControlPlane();
  admin = new KubernetesClient(running.connection, "test");
  for (const team of ["pets", "shop"]) await makeNamespace(admin, team, { team });
  for (const [plural, kind] of Object.entries(traefikKinds))
    await serveKind(admin, { apiVersion: "traefik.io/v1alpha1", kind, plural, namespaced: true });
  pets = await personOf(admin, running, "pets", { kind: "ClusterRole", name: "cluster-admin" });
  await makePolicies(
    admin,
    policies(CONTEXT).filter(({ name }) => POLICIES.includes(name)),
  );
  // Not until a policy refuses something: a broken rule would fail the whole file instead of its own rows.
  await forbid(admin, "forbidden");
});

afterAll(async () => {
  pets.close();
  admin.close();
  await running.stop();
});

const path = (plural: string, name?: string) => `${pathOf(plural)}${name === undefined ? "" : `/${name}`}`;

async function outcome({ plural, subresource, how, object, before }: Attempt, asking = pets): Promise<string> {
  const { server } = asking;
  const { name } = object.metadata;
  const at = path(plural, name) + (subresource === undefined ? "" : `/${subresource}`);
  const query = { dryRun: "All" };
  if (how === "create") return said(server.ask(path(plural), { method: "POST", query, body: object }));
  if (how === "apply" && before === undefined) return apply(at, object);
  await admin.server.ask(path(plural), { method: "POST", body: before ?? exampleOf(plural) });
  try {
    if (how === "apply") return await apply(at, object);
    if (how === "replace") return await replace(asking, at, object);
    if (how === "delete") return await said(server.ask(at, { method: "DELETE", body: { dryRun: ["All"] } }));
    const contentType = "application/merge-patch+json";
    return await said(server.ask(at, { method: "PATCH", query, contentType, body: object }));
  } finally {
    await admin.server.ask(path(plural, name), { method: "DELETE", body: { propagationPolicy: "Background" } });
    await eventually(
      () => said(admin.server.ask(path(plural, name))),
      (answer) => answer.includes("not found"),
    );
  }
}

function apply(at: string, object: Attempt["object"]): Promise<string> {
  const query = { dryRun: "All", fieldManager: "pets", force: "true" };
  return said(
    pets.server.ask(at, { method: "PATCH", query, contentType: "application/apply-patch+yaml", body: object }),
  );
}

/** Replaces it as it is by now, again where a controller was quicker: controllers change it too, and much of it is immutable. */
async function replace({ server }: KubernetesClient, at: string, change: Attempt["object"]): Promise<string> {
  return eventually(
    async () => {
      const body = merged(await server.ask(at), change) as object;
      return said(server.ask(at, { method: "PUT", query: { dryRun: "All" }, body }));
    },
    (answer) => !answer.includes("has been modified"),
  );
}

describe("what no team may do", () => {
  it.each(attempts)("$name: $how $plural, refused by $refusedBy", async (attempt) => {
    const { refusedBy, says = "" } = attempt;
    const answer = await outcome(attempt);
    expect(answer).toContain(refusedBy);
    expect(answer).toContain(says);
  });
});

describe("what every team may do", () => {
  it.each(Object.entries(examples))("make, apply and change %s", async (plural, object) => {
    const labels = { metadata: { ...object.metadata, labels: { app: "petstore" } } };
    for (const how of ["create", "apply", "replace", "patch"] as const) {
      const body = how === "patch" || how === "replace" ? labels : { ...object, ...labels };
      expect([how, await outcome({ name: "", plural, how, object: body, refusedBy: "" })]).toEqual([how, "let in"]);
    }
  });
});

describe("a workload of the platform's in a team's namespace", () => {
  const replacements = scaleAttempts.filter(({ how }) => how === "replace");

  it.each(replacements)("is not scaled by a team's HorizontalPodAutoscaler either: $plural", async (attempt) => {
    const { token } = await admin.token({ name: "horizontal-pod-autoscaler", namespace: "kube-system" });
    const autoscaler = new KubernetesClient({ ...running.connection, token }, "autoscaler");
    try {
      expect(await outcome(attempt, autoscaler)).toContain(attempt.refusedBy);
      const { before: _, ...own } = attempt;
      expect(await outcome(own, autoscaler)).toBe("let in");
    } finally {
      autoscaler.close();
    }
  });

  it.each(scaleAttempts)("is none of the team's own, which it scales: $how $plural", async (attempt) => {
    const own = exampleOf(attempt.plural);
    expect(await outcome({ ...attempt, before: own })).toBe("let in");
  });
});

describe("an object that a finalizer of the team's own holds", () => {
  it.each(held)("changed by $name while it is held, is refused by the policies", async ({ plural, patch }) => {
    const made = exampleOf(plural);
    const { server } = pets;
    const { name } = made.metadata;
    const body = { ...made, metadata: { ...made.metadata, finalizers: ["x.example.com/y"] } };
    await server.ask(path(plural), { method: "POST", body });
    await server.ask(path(plural, name), { method: "DELETE", body: {} });
    const merge = (change: object) =>
      said(
        server.ask(path(plural, name), {
          method: "PATCH",
          contentType: "application/merge-patch+json",
          body: change,
        }),
      );
    const refused = await merge(patch);
    const both = await merge({ ...patch, metadata: { ...patch.metadata, finalizers: [] } });
    const freed = await merge({ metadata: { finalizers: [] } });
    expect([refused, both, freed]).toEqual([
      expect.stringContaining("ValidatingAdmissionPolicy"),
      expect.stringContaining("ValidatingAdmissionPolicy"),
      "let in",
    ]);
    expect(await said(server.ask(path(plural, name)))).toContain("not found");
  });
});

describe("each policy", () => {
  it("makes sense to the API server for every kind that it is about", async () => {
    const status = z.object({
      metadata: z.object({ name: z.string() }),
      status: z.object({
        observedGeneration: z.number(),
        typeChecking: z.object({ expressionWarnings: z.array(z.unknown()).default([]) }).prefault({}),
      }),
    });
    for (const name of POLICIES) {
      const policy = await eventually(
        async () =>
          status.safeParse(
            await admin.server.ask(`/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/${name}`),
          ).data,
        (found) => found !== undefined,
      );
      expect([name, policy?.status.typeChecking.expressionWarnings]).toEqual([name, []]);
    }
  });
});
