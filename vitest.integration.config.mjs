import { base } from "./vitest.config.base.mjs";

/** Tests that run whole programs, such as nx and cdktf, on copies of the repository: `npm test` has the fast ones. */
export default {
  ...base,
  root: import.meta.dirname,
  test: {
    ...base.test,
    name: "integration",
    include: ["tools/*/src/**/*.integration.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Each waits for its programs: two beside each other.
    maxWorkers: 2,
  },
};
