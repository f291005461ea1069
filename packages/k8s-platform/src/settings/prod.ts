import type { K8sPlatformSettingsInput } from "./schema";

/** Where the apps' images come from, and who may run on nodes that go at any time; the rest are defaults, which stand in the schema. */
export default {
  tenancy: {
    registries: ["docker.io/swaggerapi", "ghcr.io/stefanprodan"],
    teams: {
      pets: { tolerations: [{ key: "demarc.example.com/interruptible", value: "true", effect: "NoSchedule" }] },
    },
  },
} satisfies K8sPlatformSettingsInput;
