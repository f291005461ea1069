import type { InfraSettingsInput } from "../settings/schema";
import { leastDatabase } from "./data";

/** What infra is told of the fixture `dev`, with something in most places that take something. */
export const settings = {
  network: { cidr: "10.1.0.0/16", zones: ["a", "c"], nat: { kind: "single", zone: "a" } },
  dns: {},
  data: { database: { ...leastDatabase, multiZone: false, deletionProtection: false, finalSnapshot: false } },
  clusters: {
    a: {
      endpoint: { kind: "private" },
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
