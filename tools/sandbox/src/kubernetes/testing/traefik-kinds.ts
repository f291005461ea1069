import type { KubernetesClient } from "../../controllers/kubernetes/client";
import { eventually } from "./eventually";
import { pathOf } from "./team-objects";

const GROUP = "traefik.io";

/** Has the API server know the kinds of Traefik's that teams write, with whatever fields. */
export async function makeTraefikKinds({ server }: KubernetesClient): Promise<void> {
  for (const [plural, kind] of [["ingressroutes", "IngressRoute"]] as const) {
    const openAPIV3Schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
    const version = { name: "v1alpha1", served: true, storage: true, schema: { openAPIV3Schema } };
    const names = { plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List` };
    const spec = { group: GROUP, scope: "Namespaced", names, versions: [version] };
    await server.ask("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {
      method: "POST",
      body: { metadata: { name: `${plural}.${GROUP}` }, spec },
    });
    await eventually(
      () => server.ask(pathOf(plural)).catch(() => undefined),
      (list) => list !== undefined,
    );
  }
}
