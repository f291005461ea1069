import type { K8sPlatformSettingsInput } from "./schema";

/** A pool of nodes with a limit, and where the apps' images come from; the rest are defaults, which stand in the schema. */
export default {
  nodePools: {
    // EKS's own pools have no limit, and may start larger instances. This one comes first.
    apps: {
      requirements: [
        { key: "eks.amazonaws.com/instance-category", operator: "In", values: ["c", "m", "r"] },
        { key: "eks.amazonaws.com/instance-generation", operator: "Gt", values: ["4"] },
        { key: "eks.amazonaws.com/instance-cpu", operator: "Lt", values: ["9"] },
        { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
        { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] },
      ],
      limits: { cpu: "64", memory: "256Gi" },
      weight: 10,
      networkPolicyEventLogs: true,
    },
  },
  tenancy: {
    registries: ["docker.io/swaggerapi", "ghcr.io/stefanprodan"],
  },
} satisfies K8sPlatformSettingsInput;
