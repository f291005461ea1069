import { base } from "../../vitest.config.base.mjs";

/** Tests through the real Terraform AWS provider and AWS's SDKs: minutes, because Terraform itself sleeps (up to a minute before it deletes a cluster). */
export default {
  ...base,
  root: import.meta.dirname,
  test: {
    ...base.test,
    name: "sandbox provider",
    include: ["src/**/*.provider.test.ts"],
    globalSetup: ["src/eks-api/testing/install-local-aws.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: ["default", "../attempts/src/reporter.mjs"],
    // Terraform sleeps more than it works: four suites beside each other take little longer than one.
    pool: "forks",
    isolate: true,
    maxWorkers: 4,
  },
};
