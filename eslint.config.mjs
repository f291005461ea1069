import eslint from "@eslint/js";
import { defineConfig } from "eslint/config";
import jest from "eslint-plugin-jest";
import tseslint from "typescript-eslint";
import { demarc } from "./tools/lint/src/plugin.mjs";

const root = import.meta.dirname;
const tests = ["**/*.test.ts", "**/*.test-d.ts"];

export default defineConfig(
  { ignores: ["**/cdktf.out/", "**/coverage/", ".nx/", ".sandbox/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  eslint.configs.recommended,
  {
    plugins: { demarc },
    rules: {
      "demarc/boundaries": ["error", { root }],
      "demarc/named-by-domain": ["error", { root }],
      "demarc/no-environment-branch": "error",
      "demarc/no-import-cycles": ["error", { root }],
      "demarc/provider-submodules": "error",
      "demarc/short-constructors": "error",
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
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
