import path from "node:path";

// nx asks all that it runs for colors, also where the user asked for none: Node then warns in every program that a test starts.
if (process.env.NO_COLOR !== undefined) delete process.env.FORCE_COLOR;

/** What every project's tests share. A project adds its name and, under packages/, the coverage it must keep. */
export const base = {
  testEnvironment: "node",
  transform: { "^.+\\.tsx?$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
  testMatch: ["<rootDir>/src/**/*.test.ts"],
  testTimeout: 30_000,
  moduleNameMapper: {
    "/stack-trace$": path.join(import.meta.dirname, "packages/shared/src/testing/creation-stacks.ts"),
  },
};

/** Workspaces and apps are what teams deploy: 95 % of their lines run in a test. */
export const covered = {
  ...base,
  // What an IAM role may do is asked in the tests of all of them.
  setupFilesAfterEnv: [path.join(import.meta.dirname, "packages/shared/src/testing/iam/matchers.ts")],
  collectCoverage: true,
  // Counted by instrumented code: V8's own counting makes the tests of a workspace take three times as long.
  coverageProvider: "babel",
  coverageReporters: ["text-summary", "json"],
  collectCoverageFrom: ["src/**/*.ts", "!src/**/*.test.ts", "!src/**/*.test-d.ts", "!src/main.ts"],
  coverageThreshold: { global: { lines: 95 } },
};
