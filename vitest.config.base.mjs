import path from "node:path";

// nx asks all that it runs for colors, also where the user asked for none: Node then warns in every program that a test starts.
if (process.env.NO_COLOR !== undefined) delete process.env.FORCE_COLOR;

// The AWS SDK's version is pinned; which Node its later ones will need is no news to a test.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

const testing = path.join(import.meta.dirname, "packages/shared/src/testing");

/**
 * What every project's tests share. A project adds its name and, under packages/, the coverage it must keep.
 *
 * @satisfies {import("vitest/config").TestUserConfig}
 */
const test = {
  globals: true,
  // The others start whole programs, too long for each `npm test`: `.ci/run` has them, by the configurations of those names.
  include: ["src/**/!(*.integration|*.provider|*.cluster).test.ts"],
  // One thread, which loads a module once for all test files of a project: nx runs projects beside each other.
  pool: /** @type {const} */ ("threads"),
  isolate: false,
  maxWorkers: 1,
  setupFiles: [
    path.join(import.meta.dirname, "vitest.setup.mjs"),
    path.join(testing, "creation-stacks.mjs"),
    path.join(testing, "terraform-version.mjs"),
  ],
  testTimeout: 30_000,
  hookTimeout: 30_000,
};

export const base = { test };

/** Workspaces and apps are what teams deploy: 95 % of their lines run in a test. */
export const covered = {
  ...base,
  test: {
    ...test,
    // What an IAM role may do is asked in the tests of all of them.
    setupFiles: [...test.setupFiles, path.join(testing, "iam/matchers.ts")],
    coverage: {
      enabled: true,
      provider: /** @type {const} */ ("istanbul"),
      reporter: ["text-summary", "json"],
      include: ["src/**/*.ts"],
      exclude: ["src/**/*.test.ts", "src/**/*.test-d.ts", "src/main.ts"],
      thresholds: { lines: 95 },
    },
  },
};
