import { describeRules, fileIn } from "./testing/linted";

const infra = fileIn("packages/infra/src/network/stack.ts");
const infraTest = fileIn("packages/infra/src/network/stack.test.ts");
const petstore = fileIn("packages/apps/petstore/src/app.ts");
const lines = (count: number, line: string) => `${line}\n`.repeat(count);
const constructorOf = (count: number) =>
  `export class Stack extends Set {\n  constructor() {\n${lines(count - 3, "console.log(1);")}    super();\n  }\n}\n`;

describeRules({
  "no-eval": {
    refused: {
      "code in a text": [petstore(), `export const value: unknown = eval("1");\n`],
      "code in a text, of the global object": [petstore(), `export const value: unknown = globalThis.eval("1");\n`],
    },
    allowed: { code: [petstore(), `export const value: unknown = 1;\n`] },
  },
  "no-new-func": {
    refused: {
      "a function from a text": [
        petstore(),
        `export const value: unknown = new Function("return 1");\n`,
        "typescript/no-implied-eval",
      ],
    },
    allowed: { "a function": [petstore(), `export const value: unknown = () => 1;\n`] },
  },
  "no-implied-eval": {
    refused: {
      "a text that is run later": [petstore(), `setTimeout("console.log(1)", 1);\n`, "typescript/no-implied-eval"],
    },
    allowed: { "a function that is run later": [petstore(), `setTimeout(() => {\n  console.log(1);\n}, 1);\n`] },
  },
  "no-restricted-syntax": {
    refused: {
      "a question for an exposure's kind": [
        infra(),
        `export const hasEdge = (kind: string) => kind === "target-group-binding";\n`,
      ],
      "an exposure's kind in a list": [petstore(), `export const kinds = ["alb-ingress"];\n`],
      "an exposure's kind in other quotes": [infra(), "export const kind = (it: string) => it === `traefik`;\n"],
    },
    allowed: {
      "an exposure's own file": [
        fileIn("packages/shared/src/exposure/traefik.ts")(),
        `export const kind = "traefik";\n`,
      ],
      "a test": [infraTest(), `export const exposure = { kind: "traefik" };\n`],
      "another word": [infra(), `export const kind = "existing";\n`],
      "a chart of that name": [infra(), `export const chart = { name: "traefik", version: "41.3.0" };\n`],
    },
  },
  "@typescript-eslint/no-require-imports": {
    refused: {
      "another workspace, required": [
        infra(),
        `import platform = require("@demarc/k8s-platform/index");\nexport { platform };\n`,
      ],
    },
    allowed: { "shared, imported": [infra(), `export { environments } from "@demarc/shared/environment";\n`] },
  },
  "demarc/provider-submodules": {
    refused: {
      "a barrel": [infra(), `export { vpc } from "@cdktf/provider-aws";\n`],
      "a barrel by another name": [infra(), `export { deployment } from "@cdktf/provider-kubernetes/lib/index";\n`],
      "a barrel, for a type": [
        infra(),
        `import type { vpc } from "@cdktf/provider-aws";\nexport type Vpc = vpc.Vpc;\n`,
      ],
      "a barrel, as a type": [infra(), `export type Vpc = import("@cdktf/provider-aws").vpc.Vpc;\n`],
    },
    allowed: { "a sub-module": [infra(), `export { Vpc } from "@cdktf/provider-aws/lib/vpc";\n`] },
  },
  "@typescript-eslint/no-explicit-any": {
    refused: {
      "a parameter": [infra(), `export const value = (given: any) => typeof given;\n`],
      "a cast": [infraTest(), `export const value = (given: unknown) => typeof (given as any);\n`],
    },
    allowed: { unknown: [infra(), `export const value = (given: unknown) => typeof given;\n`] },
  },
  "@typescript-eslint/ban-ts-comment": {
    refused: {
      "@ts-ignore": [infra(), `// @ts-ignore\nexport const value: number = "1";\n`],
      "@ts-expect-error without a reason": [infra(), `// @ts-expect-error\nexport const value: number = "1";\n`],
    },
    allowed: {
      "@ts-expect-error with a reason": [
        infra(),
        `// @ts-expect-error a text is no number\nexport const value: number = "1";\n`,
      ],
    },
  },
  "typescript/no-unsafe-type-assertion": {
    refused: { "a narrowing cast": [infra(), `export const value = (given: unknown) => given as string;\n`] },
    allowed: {
      "a type guard": [infra(), `export const value = (given: unknown) => (typeof given === "string" ? given : "");\n`],
    },
  },
  "typescript/no-floating-promises": {
    refused: { "a promise that nobody waits for": [infra(), `export const run = () => {\n  Promise.resolve();\n};\n`] },
    allowed: {
      "one that is waited for": [infra(), `export const run = async () => {\n  await Promise.resolve();\n};\n`],
    },
  },
  "demarc/named-by-domain": {
    refused: {
      utils: ["packages/infra/src/network/utils.ts", "export const one = 1;\n"],
      "a folder named common": ["packages/infra/src/common/subnets.ts", "export const one = 1;\n"],
      "a helper's test": ["tools/sandbox/src/port-helpers.test.ts", `it("is", () => {\n  expect(1).toBe(1);\n});\n`],
    },
    allowed: { "a service of AWS": ["packages/infra/src/data/secrets-manager.ts", "export const one = 1;\n"] },
  },
  "demarc/no-import-cycles": {
    refused: {
      "a type that comes back by way of another file": [
        "packages/infra/src/circle/one.ts",
        `import type { Two } from "./two";\nexport interface One {\n  readonly two: Two;\n}\n`,
      ],
      "the other half of the circle": [
        "packages/infra/src/circle/two.ts",
        `export type { One } from "./one";\nexport interface Two {\n  readonly name: string;\n}\n`,
      ],
    },
    allowed: {
      "what looks at a circle from outside": [
        "packages/infra/src/circle/three.ts",
        `import type { One } from "./one";\nexport type Three = readonly One[];\n`,
      ],
    },
  },
  "demarc/short-constructors": {
    refused: { "41 lines": [infra(), constructorOf(41)] },
    allowed: {
      "40 lines, blank ones and comments not counted": [
        infra(),
        constructorOf(40).replace("console", "\n// why\nconsole"),
      ],
    },
  },
  "max-lines": {
    refused: { "251 lines": [infra(), `export const zones = [\n${lines(249, "1,")}];\n`] },
    allowed: { "250 lines and a comment": [infra(), `// why\nexport const zones = [\n${lines(248, "1,")}];\n`] },
  },
  "vitest/no-restricted-vi-methods": {
    refused: {
      "a mock of a module": [infraTest(), `vi.mock("zod");\nit("is", () => {\n  expect(1).toBe(1);\n});\n`],
    },
    allowed: {
      "a spy": [infraTest(), `it("is", () => {\n  vi.spyOn(console, "log");\n  expect(1).toBe(1);\n});\n`],
    },
  },
  "vitest/no-focused-tests": {
    refused: { "it.only": [infraTest(), `it.only("is", () => {\n  expect(1).toBe(1);\n});\n`] },
    allowed: { it: [infraTest(), `it("is", () => {\n  expect(1).toBe(1);\n});\n`] },
  },
  "vitest/no-disabled-tests": {
    refused: { "it.skip": [infraTest(), `it.skip("is", () => {\n  expect(1).toBe(1);\n});\n`] },
    allowed: { "it.each": [infraTest(), `it.each([1])("is %s", (one) => {\n  expect(one).toBe(1);\n});\n`] },
  },
  "vitest/expect-expect": {
    refused: { "a test that expects nothing": [infraTest(), `it("is", () => {\n  console.log(1);\n});\n`] },
    allowed: {
      "a property": [
        infraTest(),
        `import fc from "fast-check";\nit("is", () => {\n  fc.assert(fc.property(fc.nat(), (n) => n >= 0));\n});\n`,
      ],
    },
  },
});
