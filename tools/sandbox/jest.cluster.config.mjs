import { base } from "../../jest.config.base.mjs";

// The AWS SDK's version is pinned; which Node its later ones will need is no news to a test.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** Tests that start real control planes. */
export default {
  ...base,
  displayName: "sandbox cluster",
  testMatch: ["<rootDir>/src/**/*.cluster.test.ts"],
  globalSetup: "<rootDir>/src/go/all.ts",
  testTimeout: 300_000,
  reporters: ["default", "<rootDir>/../attempts/src/reporter.mjs"],
  // A control plane takes a processor for as long as it starts.
  maxWorkers: 1,
};
