import type { Written } from "../../controllers/kubernetes/client";

/** A node that KWOK keeps ready. */
export function kwokNode(name: string): Written {
  return {
    metadata: {
      name,
      annotations: { "kwok.x-k8s.io/node": "fake" },
      labels: { "kubernetes.io/hostname": name },
    },
    spec: { podCIDR: "10.0.1.0/24" },
    status: {
      capacity: { cpu: "2", memory: "8Gi", pods: "29" },
      allocatable: { cpu: "2", memory: "7Gi", pods: "29" },
      addresses: [{ type: "InternalIP", address: "10.0.0.5" }],
    },
  };
}

/** A pod as a Deployment, a Job or a request of its own has it. */
export function podSpec(container: object = {}): object {
  return { containers: [{ name: "main", image: "example.com/main:1", ...container }] };
}
