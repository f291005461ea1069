import type { InfraSettingsInput } from "./schema";

/** Few profiles, by patterns: of a namespace each would need one for each team. */
const profiles = {
  default: { selectors: [{ namespace: "default" }, { namespace: "kube-system" }] },
  teams: { selectors: [{ namespace: "*" }] },
};

export default {
  retain: { logs: false, volumes: false },
  network: {
    cidr: "10.3.0.0/16",
    zones: ["a", "c"],
    nat: { kind: "single", zone: "a" },
    flowLogTraffic: "REJECT",
    flowLogRetentionDays: 30,
  },
  dns: {},
  clusters: {
    a: {
      endpoint: { kind: "private", cidrs: ["10.3.0.0/16"] },
      support: "STANDARD",
      logRetentionDays: 30,
      controlPlaneLogs: ["audit", "authenticator"],
      compute: { kind: "fargate", profiles },
    },
  },
} satisfies InfraSettingsInput;
