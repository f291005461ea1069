import { KubernetesClient } from "../../controllers/kubernetes/client";
import { createIn, makeNamespace } from "./objects";
import type { RunningControlPlane } from "./running-control-plane";

/** Namespace of the service accounts that act as people. */
export const PEOPLE = "people";

/**
 * Somebody who acts in a team's namespace with the rights of a role, by a token of a service account's.
 *
 * @param admin may bind the role @param role its kind and name
 */
export async function personOf(
  admin: KubernetesClient,
  { connection }: RunningControlPlane,
  team: string,
  role: { readonly kind: "Role" | "ClusterRole"; readonly name: string },
): Promise<KubernetesClient> {
  await makeNamespace(admin, PEOPLE);
  const account = { name: "default", namespace: PEOPLE };
  await createIn(admin, team, "/apis/rbac.authorization.k8s.io/v1", "rolebindings", {
    metadata: { name: "team" },
    subjects: [{ kind: "ServiceAccount", ...account }],
    roleRef: { apiGroup: "rbac.authorization.k8s.io", ...role },
  });
  const { token } = await admin.token(account);
  return new KubernetesClient({ ...connection, token }, team);
}
