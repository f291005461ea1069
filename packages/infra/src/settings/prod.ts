import type { InfraSettingsInput } from "./schema";

/** What is not said here has the settings' own defaults, which are made for production: logs kept, encrypted and complete, a standby. */
export default {
  network: { cidr: "10.2.0.0/16", zones: ["a", "c", "d"] },
  dns: {},
  data: { database: { majorVersion: "17", instanceClass: "db.m7g.large" } },
  clusters: {
    a: {
      endpoint: { kind: "private", cidrs: ["10.2.0.0/16"] },
      // The id of AWS's documentation, which is no image: put that of an Amazon Linux 2023 here.
      bastion: { ami: "ami-0abcdef1234567890" },
      compute: {
        kind: "managed-nodes",
        nodeGroups: {
          general: { instanceTypes: ["m7i.large"], size: { min: 3, desired: 3, max: 9 } },
          hardened: {
            instanceTypes: ["m7i.large"],
            size: { min: 1, desired: 1, max: 3 },
            // The id of AWS's documentation, which is no image: put that of your own here.
            ami: { id: "ami-0abcdef1234567890", kubernetes: "1.35" },
            labels: { "demarc.example.com/image": "hardened" },
          },
          spot: {
            instanceTypes: ["m7i.large", "m6i.large", "m5.large"],
            capacity: "spot",
            size: { min: 0, desired: 0, max: 6 },
            labels: { "demarc.example.com/interruptible": "true" },
            taints: [{ key: "demarc.example.com/interruptible", value: "true", effect: "NoSchedule" }],
          },
        },
      },
    },
  },
} satisfies InfraSettingsInput;
