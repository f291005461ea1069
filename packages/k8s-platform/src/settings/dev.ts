import type { K8sPlatformSettingsInput } from "./schema";

/** Whose host names are whose; the rest are defaults, which stand in the schema. */
export default {
  tenancy: { teams: { pets: { hostnames: ["petstore"] }, shop: { hostnames: ["storefront"] } } },
} satisfies K8sPlatformSettingsInput;
