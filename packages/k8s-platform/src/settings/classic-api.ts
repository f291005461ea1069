import type { K8sPlatformSettingsInput } from "./schema";

/** Where the apps' images come from; the rest are defaults, which stand in the schema. */
export default {
  tenancy: {
    registries: ["docker.io/swaggerapi", "ghcr.io/stefanprodan"],
  },
} satisfies K8sPlatformSettingsInput;
