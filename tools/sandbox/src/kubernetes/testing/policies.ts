import type { AdmissionPolicy } from "@demarc/k8s-platform/src/tenancy/policies/policy";
import { manifestsOf } from "@demarc/k8s-platform/src/tenancy/policies/manifest";
import type { KubernetesClient } from "../../controllers/kubernetes/client";

/** Makes admission policies and their bindings. The API server minds them a moment later. */
export async function makePolicies({ server }: KubernetesClient, policies: readonly AdmissionPolicy[]): Promise<void> {
  for (const manifest of policies.flatMap(manifestsOf)) {
    const plural = manifest.kind.replace(/y$/, "ies").replace(/g$/, "gs").toLowerCase();
    await server.ask(`/apis/admissionregistration.k8s.io/v1/${plural}`, { method: "POST", body: manifest });
  }
}
