import type { K8sPlatformSettingsInput } from "./schema";

/** Whose host names are whose and where the apps' images come from; the rest are defaults, which stand in the schema. */
export default {
  tenancy: {
    registries: ["docker.io/swaggerapi", "ghcr.io/stefanprodan"],
    teams: { pets: { hostnames: ["petstore"] }, shop: { hostnames: ["storefront"] } },
  },
} satisfies K8sPlatformSettingsInput;
