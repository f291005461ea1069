import { base } from "../../vitest.config.base.mjs";

/** Tests that start real control planes. */
export default {
  ...base,
  root: import.meta.dirname,
  test: {
    ...base.test,
    name: "sandbox cluster",
    include: ["src/**/*.cluster.test.ts"],
    globalSetup: ["src/go/all.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: ["default", "../attempts/src/reporter.mjs"],
    // A control plane takes a processor for as long as it starts, and its tests wait for it more than they work: two beside each other.
    pool: "forks",
    isolate: true,
    maxWorkers: 2,
  },
};
