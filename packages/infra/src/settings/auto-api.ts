import type { InfraSettingsInput } from "./schema";

/** Thrifty, as dev is. EKS's own pools of nodes are there, and k8s-platform has another one beside them. */
export default {
  retain: { logs: false, volumes: false },
  network: {
    cidr: "10.4.0.0/16",
    zones: ["a", "c"],
    nat: { kind: "single", zone: "a" },
    flowLogTraffic: "REJECT",
    flowLogRetentionDays: 30,
  },
  dns: {},
  clusters: {
    a: {
      endpoint: { kind: "private", cidrs: ["10.4.0.0/16"] },
      support: "STANDARD",
      logRetentionDays: 30,
      controlPlaneLogs: ["audit", "authenticator"],
      compute: { kind: "auto-mode", nodePools: ["general-purpose", "system"] },
    },
  },
} satisfies InfraSettingsInput;
