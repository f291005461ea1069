import type { K8sPlatformSettingsInput } from "./schema";

/** Nothing but defaults: what they are stands in the schema. */
export default {} satisfies K8sPlatformSettingsInput;
