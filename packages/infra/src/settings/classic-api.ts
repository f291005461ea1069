import type { InfraSettingsInput } from "./schema";

/** Thrifty, where the settings' own defaults are made for production. */
export default {
  retain: { logs: false, volumes: false },
  network: {
    cidr: "10.5.0.0/16",
    zones: ["a", "c"],
    nat: { kind: "single", zone: "a" },
    flowLogTraffic: "REJECT",
    flowLogRetentionDays: 30,
  },
  dns: {},
  edge: { deletionProtection: false },
  clusters: {
    a: {
      endpoint: { kind: "private", cidrs: ["10.5.0.0/16"] },
      support: "STANDARD",
      logRetentionDays: 30,
      controlPlaneLogs: ["audit", "authenticator"],
      compute: {
        kind: "managed-nodes",
        nodeGroups: { general: { instanceTypes: ["m7i.large"], size: { min: 2, desired: 2, max: 4 } } },
      },
    },
  },
} satisfies InfraSettingsInput;
