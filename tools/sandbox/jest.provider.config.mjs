import { base } from "../../jest.config.base.mjs";

// The AWS SDK's version is pinned; which Node its later ones will need is no news to a test.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** Tests through the real Terraform AWS provider and AWS's SDKs: minutes, because Terraform itself sleeps (up to a minute before it deletes a cluster). */
export default {
  ...base,
  displayName: "sandbox provider",
  testMatch: ["<rootDir>/src/**/*.provider.test.ts"],
  globalSetup: "<rootDir>/src/eks-api/testing/install-local-aws.ts",
  testTimeout: 300_000,
  reporters: ["default", "<rootDir>/../attempts/src/reporter.mjs"],
  // Terraform sleeps more than it works: two suites beside each other take little longer than one.
  maxWorkers: 2,
};
