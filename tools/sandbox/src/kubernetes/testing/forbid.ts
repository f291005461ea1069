import type { KubernetesClient } from "../../controllers/kubernetes/client";
import { eventually } from "./eventually";

/**
 * Forbids a ConfigMap's name by a policy; answers how it is refused, once it is. By then the API server minds every policy that was
 * made before.
 */
export async function forbid({ server }: KubernetesClient, name: string): Promise<string> {
  const api = "/apis/admissionregistration.k8s.io/v1";
  const rule = { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["configmaps"] };
  const validations = [{ expression: `object.metadata.name != '${name}'`, message: "this name is forbidden" }];
  await server.ask(`${api}/validatingadmissionpolicies`, {
    method: "POST",
    body: { metadata: { name }, spec: { matchConstraints: { resourceRules: [rule] }, validations } },
  });
  await server.ask(`${api}/validatingadmissionpolicybindings`, {
    method: "POST",
    body: { metadata: { name }, spec: { policyName: name, validationActions: ["Deny"] } },
  });
  const dryRun = { method: "POST", query: { dryRun: "All" }, body: { metadata: { name } } } as const;
  const refused = await eventually(
    () => server.ask("/api/v1/namespaces/default/configmaps", dryRun).catch((fault: unknown) => fault),
    (answer) => answer instanceof Error && answer.message.includes("forbidden"),
  );
  return String(refused);
}
