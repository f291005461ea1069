import { base } from "../../vitest.config.base.mjs";

// The AWS SDK's version is pinned; which Node its later ones will need is no news to a test.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

export default base;
