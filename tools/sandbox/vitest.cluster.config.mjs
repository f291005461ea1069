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
    // A control plane takes a processor for as long as it starts: one suite after another, each in a process of its own.
    pool: "forks",
    isolate: true,
  },
};
