import { describeRules, fileIn } from "./testing/linted";

const infra = fileIn("packages/infra/src/network/border.ts");
const infraTest = fileIn("packages/infra/src/network/border.test.ts");
const petstore = fileIn("packages/apps/petstore/src/border.ts");
const shared = fileIn("packages/shared/src/stack/border.ts");
const sharedTest = fileIn("packages/shared/src/stack/border.test.ts");
const sandbox = fileIn("tools/sandbox/src/border.ts");

/** What a team's code may try to get past the line: each is a row of the attempts, "… is refused by demarc/boundaries". */
describeRules({
  "demarc/boundaries": {
    refused: {
      "one workspace in another": [infra(), `export { index } from "@demarc/k8s-platform/index";\n`],
      "one app in another": [petstore(), `export * from "@demarc/storefront/index";\n`],
      "infra in an app, as a type": [petstore(), `export type Index = typeof import("@demarc/infra/index");\n`],
      "infra in an app, at run time": [petstore(), `export const index = () => import("@demarc/infra/index");\n`],
      "an app in infra, by its path": [infra(), `export { index } from "../../../apps/petstore/src/index";\n`],
      "shared by its path": [infra(), `export { index } from "../../../shared/src/index";\n`],
      "a workspace in shared": [shared(), `export { index } from "@demarc/infra/index";\n`],
      "a tool in a workspace": [infra(), `export { index } from "@demarc/sandbox/index";\n`],
      "a tool in shared": [shared(), `export { index } from "../../../../tools/deploy/src/index";\n`],
      "the judge in code that is deployed": [infra(), `export { index } from "@demarc/judge/index";\n`],
      "the judge in a test, by its path": [
        sharedTest(),
        `import { index } from "../../../../tools/judge/src/index";\nit("is", () => {\n  expect(index).toBe(1);\n});\n`,
      ],
      "another tool in a test": [
        infraTest(),
        `import { index } from "@demarc/sandbox/index";\nit("is", () => {\n  expect(index).toBe(1);\n});\n`,
      ],
      "a tool in another, by its path": [sandbox(), `export { index } from "../../deploy/src/index";\n`],
      "infra by a path that is mapped to it": [petstore(), `export { index } from "mapped-infra";\n`],
      "the platform by a link of another name": [petstore(), `export { index } from "linked-platform/index";\n`],
      "the platform by a name of the package's own": [petstore(), `export { index } from "#platform";\n`],
      "where another workspace lies": [
        infra(),
        `export const folder = require.resolve("@demarc/k8s-platform/index");\n`,
      ],
      "the real module of another workspace, past a mock": [
        infraTest(),
        `export const real = vi.importActual("@demarc/k8s-platform/index");\nit("is", () => {\n  expect(1).toBe(1);\n});\n`,
      ],
      "what tests share in code that is deployed": [infra(), `export { synth } from "@demarc/shared/testing/synth";\n`],
      "what tests share in code of the same project": [
        "packages/shared/src/contract.ts",
        `export { synth } from "./testing/synth";\n`,
      ],
      "a file of nobody's": [
        infra(),
        `import "../../../../nx.json";
`,
      ],
    },
    allowed: {
      "shared in a workspace": [infra(), `export { environments } from "@demarc/shared/environment";\n`],
      "a tool in another": [sandbox(), `export { index } from "@demarc/deploy/index";\n`],
      "what tests share in a test": [
        infraTest(),
        `import { synth } from "@demarc/shared/testing/synth";\nit("is", () => {\n  expect(synth).toBe(1);\n});\n`,
      ],
      "the judge in a test": [
        sharedTest(),
        `import { index } from "@demarc/judge/index";\nit("is", () => {\n  expect(index).toBe(1);\n});\n`,
      ],
      "the judge in what tests share": [
        "packages/shared/src/testing/judged.ts",
        `export { index } from "@demarc/judge/index";\n`,
      ],
      "a file of the same project": ["packages/infra/src/network/subnets.ts", `export { index } from "../index";\n`],
      "a file of the same project by a name of the package's own": [petstore(), `export { index } from "#own";\n`],
      "the repository's manifest": [
        infra(),
        `import manifest from "../../../../package.json";\nexport const name = manifest.name;\n`,
      ],
    },
  },
  "demarc/no-inline-config": {
    refused: {
      "a rule switched off for a line": [
        infra(),
        `// eslint-disable-next-line demarc/boundaries\nexport const one = 1;\n`,
      ],
      "a rule of oxlint switched off": [
        infra(),
        `// oxlint-disable-next-line typescript/no-unsafe-return\nexport const one = 1;\n`,
      ],
      "all rules switched off": [infra(), `/* eslint-disable */\nexport const one = 1;\n`],
      "a rule set to another level": [infra(), `/* eslint demarc/boundaries: "off" */\nexport const one = 1;\n`],
      "one app in another, with the boundary switched off": [
        petstore(),
        `/* eslint-disable demarc/boundaries */\nexport * from "@demarc/storefront/index";\n`,
        "demarc/boundaries",
      ],
      "this rule, switched off first": [
        infra(),
        `/* eslint demarc/no-inline-config: "off" */\n/* eslint-disable demarc/no-inline-config */\nexport const one = 1;\n`,
      ],
    },
    allowed: { "a comment about it": [infra(), `// No eslint-disable here.\nexport const one = 1;\n`] },
  },
  "demarc/no-hidden-imports": {
    refused: {
      "a computed import": [petstore(), `export const load = (name: string): Promise<unknown> => import(name);\n`],
      "an import put together": [
        petstore(),
        "const other = String(1);\nexport const load = (): Promise<unknown> => import(`@demarc/${other}`);\n",
      ],
      "an import by a URL": [
        petstore(),
        `export const load = (): Promise<unknown> => import("file:///repository/packages/infra/src/index.ts");\n`,
      ],
      "an import of code in a URL": [
        petstore(),
        `export const load = (): Promise<unknown> => import("data:text/javascript,export const one = 1");\n`,
      ],
      "an import from the machine's root": [
        petstore(),
        `export const load = (): Promise<unknown> => import("/repository/packages/infra/src/index.js");\n`,
      ],
      createRequire: [
        petstore(),
        `import { createRequire } from "node:module";\nexport const load: unknown = createRequire;\n`,
      ],
      "createRequire, at run time": [petstore(), `export const load = (): Promise<unknown> => import("module");\n`],
      "createRequire, by the process": [
        petstore(),
        `export const load: unknown = process.getBuiltinModule("node:fs");\n`,
      ],
      "createRequire, of whatever object": [
        petstore(),
        `export const load = (loader: { createRequire: unknown }): unknown => loader.createRequire;\n`,
      ],
      "the module that the process began with": [
        petstore(),
        `export const load = (loader: { mainModule: unknown }): unknown => loader["mainModule"];\n`,
      ],
      "what loads a module in the end": [
        petstore(),
        `export const load = (loader: { _load: unknown }): unknown => loader._load;\n`,
      ],
      "code in a text, run by node:vm": [
        petstore(),
        `import { runInThisContext } from "node:vm";\nexport const load: unknown = runInThisContext("1");\n`,
      ],
      "another file, run by a thread": [
        petstore(),
        `import { Worker } from "worker_threads";\nexport const load = new Worker("../infra/src/index.ts");\n`,
      ],
      "require, handed on in an object": [petstore(), `export const load: unknown = { require };\n`],
      "require by another name": [petstore(), `export const load: unknown = require;\n`],
      "require of a module": [petstore(), `export const load: unknown = module.require("zod");\n`],
      "require of a module, by a text": [petstore(), `export const load: unknown = module["require"]("zod");\n`],
      "where a computed module lies": [petstore(), `export const where = (name: string) => require.resolve(name);\n`],
      "where a module lies, seen from elsewhere": [
        petstore(),
        `export const where = require.resolve("zod", { paths: [".."] });\n`,
      ],
      "the real one of a computed module, past a mock": [
        infraTest(),
        `const name = String(1);\nexport const real = vi.importActual(name);\nit("is", () => {\n  expect(1).toBe(1);\n});\n`,
      ],
    },
    allowed: {
      "where a module lies": [petstore(), `export const where = require.resolve("zod");\n`],
      "an import at run time": [petstore(), `export const load = (): Promise<unknown> => import("zod");\n`],
      "a property of that name": [petstore(), `export const rule = { require: true };\n`],
    },
  },
});
