import type { InfraSettingsInput } from "./schema";

export default {
  network: { cidr: "10.1.0.0/16", zones: ["a", "c"], nat: { kind: "single", zone: "a" } },
  dns: {},
} satisfies InfraSettingsInput;
