import { objectNamed, tenancyStack } from "@demarc/k8s-platform/src/testing/platform";
import { z } from "zod";
import { KubernetesClient } from "../controllers/kubernetes/client";
import { eventually } from "./testing/eventually";
import { createIn, makeNamespace } from "./testing/objects";
import { personOf } from "./testing/person";
import { rightsAttempts } from "./testing/rights-attempts";
import { runControlPlane, type RunningControlPlane } from "./testing/running-control-plane";
import { said } from "./testing/said";
import { objects, pathOf } from "./testing/team-objects";

const rules = z
  .array(z.object({ api_groups: z.array(z.string()), resources: z.array(z.string()), verbs: z.array(z.string()) }))
  .parse(objectNamed(tenancyStack(), "role", "team", "pets")["rule"])
  .map(({ api_groups: apiGroups, ...rest }) => ({ apiGroups, ...rest }));

let running: RunningControlPlane;
let admin: KubernetesClient;
let pets: KubernetesClient;

beforeAll(async () => {
  running = await runControlPlane();
  admin = new KubernetesClient(running.connection, "test");
  for (const name of ["pets", "shop"]) await makeNamespace(admin, name);
  await createIn(admin, "pets", "/apis/rbac.authorization.k8s.io/v1", "roles", { metadata: { name: "team" }, rules });
  pets = await personOf(admin, running, "pets", { kind: "Role", name: "team" });
  await eventually(
    () => said(pets.server.ask(pathOf("configmaps"))),
    (answer) => answer === "let in",
  );
});

afterAll(async () => {
  pets.close();
  admin.close();
  await running.stop();
});

const titled = rightsAttempts.map((attempt) => {
  const { method, contentType = "" } = attempt;
  return { ...attempt, what: contentType.includes("apply") ? "server-side apply" : method };
});

describe("a request of team pets", () => {
  it.each(titled)("$what $path is refused by RBAC", async ({ method, path, body, contentType }) => {
    const patch = contentType ?? "application/merge-patch+json";
    const query = method === "PATCH" && contentType !== undefined ? { fieldManager: "pets" } : {};
    const asked = pets.server.ask(path, {
      ...{ method, query },
      ...(body === undefined ? {} : { body }),
      ...(method === "PATCH" ? { contentType: patch } : {}),
    });
    expect(await said(asked)).toMatch(/ is forbidden: User "system:serviceaccount:people:default" cannot /);
  });

  it.each(Object.keys(objects))("for %s of its own is let in", async (plural) => {
    expect(await said(pets.server.ask(pathOf(plural)))).toBe("let in");
  });
});
