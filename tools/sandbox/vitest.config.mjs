import { base } from "../../vitest.config.base.mjs";

// The AWS SDK's version is pinned; which Node its later ones will need is no news to a test.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** Fast tests. Those through real Terraform providers, and those of real control planes, are apart: vitest.*.config.mjs. */
export default {
  ...base,
  test: { ...base.test, name: "sandbox", exclude: ["**/node_modules/**", "src/**/*.{provider,cluster}.test.ts"] },
};
