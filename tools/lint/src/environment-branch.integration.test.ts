import { describeRules, fileIn } from "./testing/linted";

const infra = fileIn("packages/infra/src/network/stack.ts");
const ENVIRONMENT = `import type { Environment } from "@demarc/shared/environment";\n`;
const given = (expression: string) =>
  `${ENVIRONMENT}export const value = (environment: Environment) => ${expression};\n`;
const body = (statements: string) =>
  `${ENVIRONMENT}export function value(environment: Environment): number {\n${statements}\n}\n`;

describeRules({
  "demarc/no-environment-branch": {
    refused: {
      "a condition": [infra(), given(`(environment.name === "prod" ? 3 : 1)`)],
      "a condition, the other way round": [infra(), given(`"prod" !== environment.name`)],
      "a constant of the file": [
        infra(),
        `${ENVIRONMENT}const PROD = "prod";\nexport const value = (e: Environment) => e.name === PROD;\n`,
      ],
      "a switch": [infra(), body(`switch (environment.name) { case "prod": return 3; default: return 1; }`)],
      "the start of the name": [infra(), given(`environment.name.startsWith("prod")`)],
      "a part of the name": [infra(), given(`environment.name.split("-")[0] === "prod"`)],
      "the name in capitals": [infra(), given("environment.name.toUpperCase() === `PROD`")],
      "a list of names": [infra(), given(`["prod", "staging"].includes(environment.name)`)],
      "a set of names": [infra(), `const big = new Set(["prod"]);\n${given("big.has(environment.name)")}`],
      "a regular expression": [infra(), given("/^prod/.test(environment.name)")],
      "a table": [
        infra(),
        `const zones: Readonly<Record<string, number>> = { dev: 1, prod: 3 };\n${given("zones[environment.name]")}`,
      ],
      "a table from elsewhere, in a workspace": [
        infra(),
        `${ENVIRONMENT}export const value = (zones: Readonly<Record<string, number>>, environment: Environment) => zones[environment.name];\n`,
      ],
      "a destructured name": [
        infra(),
        body(`const { name } = environment;\nif (name === "prod") return 3;\nreturn 1;`),
      ],
      "a destructured parameter": [
        infra(),
        `${ENVIRONMENT}export const value = ({ name }: Environment) => name === "prod";\n`,
      ],
      "a name under another name": [
        infra(),
        body(`const { name: stage } = environment;\nconst where = stage;\nreturn where === "prod" ? 3 : 1;`),
      ],
      "a variable that says what it holds": [
        infra(),
        `export const value = (environmentName: string) => environmentName === "prod";\n`,
      ],
      "an environment by its type": [
        infra(),
        `${ENVIRONMENT}export const value = (target: Environment) => target.name === "prod";\n`,
      ],
      "a member": [
        infra(),
        `${ENVIRONMENT}export class Stack {\n  constructor(readonly environment: Environment) {}\n  size() {\n    return this.environment.name === "prod" ? 3 : 1;\n  }\n}\n`,
      ],
      "a telling variable": [infra(), `export const isProd = true;\n`],
      "a script": ["tools/sandbox/src/up.mjs", `export const value = (environment) => environment.name === "prod";\n`],
    },
    allowed: {
      "a value of the environment": [
        infra(),
        given(`(environment.zones > 2 && environment.region === "eu-west-1" ? 3 : 1)`),
      ],
      "the name in a name": [infra(), given("`${environment.name}-network`")],
      "the environment of a name": [
        "tools/sandbox/src/environment.ts",
        `import { environments } from "@demarc/shared/environment";\nexport const find = (name: string) => environments.find((environment) => environment.name === name);\n`,
      ],
      "whether one name begins another": [
        "packages/shared/src/names.ts",
        'import type { Environment } from "./environment";\nexport const clash = (a: Environment, b: Environment) => a.name.startsWith(`${b.name}-`);\n',
      ],
      "what is known by a name, in shared": [
        "packages/shared/src/stack/settings.ts",
        `import type { Environment } from "../environment";\nexport const settings = <S>(files: Readonly<Record<string, S>>, environment: Environment) => files[environment.name];\n`,
      ],
      "the validation of names, in shared": [
        "packages/shared/src/environment/validate.ts",
        `import type { Environment } from "./index";\nexport const isTaken = ({ name }: Environment) => name === "account";\n`,
      ],
      "another thing's name": [infra(), `export const value = (cluster: { name: string }) => cluster.name === "a";\n`],
      "a check of the name": [infra(), given(`environment.name.length === 3 && environment.name.includes("-")`)],
    },
  },
});
