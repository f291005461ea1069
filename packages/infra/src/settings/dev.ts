import type { InfraSettingsInput } from "./schema";

/** Thrifty, where the settings' own defaults are made for production. */
export default {
  retain: { logs: false, volumes: false },
  network: {
    cidr: "10.1.0.0/16",
    zones: ["a", "c"],
    nat: { kind: "single", zone: "a" },
    flowLogTraffic: "REJECT",
    flowLogRetentionDays: 30,
  },
  dns: {},
  data: {
    database: {
      majorVersion: "17",
      instanceClass: "db.t4g.medium",
      multiZone: false,
      deletionProtection: false,
      finalSnapshot: false,
      logRetentionDays: 30,
    },
  },
  clusters: {
    a: {
      // Machines of the VPC may call it. To deploy from outside: { kind: "public", cidrs: [your addresses], reason: "…" }.
      endpoint: { kind: "private", cidrs: ["10.1.0.0/16"] },
      support: "STANDARD",
      logRetentionDays: 30,
      controlPlaneLogs: ["audit", "authenticator"],
      compute: {
        kind: "managed-nodes",
        nodeGroups: {
          general: { instanceTypes: ["m7i.large"], size: { min: 2, desired: 2, max: 4 } },
          spot: {
            instanceTypes: ["m7i.large", "m6i.large", "m5.large"],
            capacity: "spot",
            size: { min: 0, desired: 0, max: 4 },
            labels: { "demarc.example.com/interruptible": "true" },
            taints: [{ key: "demarc.example.com/interruptible", value: "true", effect: "NoSchedule" }],
          },
        },
      },
    },
  },
} satisfies InfraSettingsInput;
