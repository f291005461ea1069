import { TemporaryRepository } from "@demarc/nx/src/testing/repository";
import { z } from "zod";

/** Code to lint: the file that it stands in, from the root of the repository, its text, and what else refuses it. */
type Sample = readonly [file: string, code: string, ...rules: string[]];

/** By what they show: code that a rule must refuse, and code that no rule may refuse. */
interface Samples {
  readonly refused: Readonly<Record<string, Sample>>;
  readonly allowed: Readonly<Record<string, Sample>>;
}

const results = z.array(
  z.object({
    filePath: z.string(),
    messages: z.array(z.object({ ruleId: z.string().nullable(), severity: z.number(), message: z.string() })),
  }),
);

/** ESLint's word for an error, which fails a run; a warning does not. */
const ERROR = 2;

const PROJECTS = [
  ["shared", "packages/shared"],
  ["infra", "packages/infra"],
  ["k8s-platform", "packages/k8s-platform"],
  ["petstore", "packages/apps/petstore"],
  ["storefront", "packages/apps/storefront"],
  ["sandbox", "tools/sandbox"],
  ["deploy", "tools/deploy"],
  ["judge", "tools/judge"],
] as const;

const ENVIRONMENT = `
import { z } from "zod";
const schema = z.object({ name: z.string(), region: z.string(), zones: z.number() });
export type Environment = Readonly<z.output<typeof schema>>;
export const environments: readonly Environment[] = [];
`;

/** Makes names for samples that would be the same file. */
export function fileIn(file: string): () => string {
  let count = 0;
  return () => file.replace(".", `-${++count}.`);
}

/** A test for each sample, by rule. */
export function describeRules(rules: Readonly<Record<string, Samples>>): void {
  let results: ReturnType<typeof lint>;

  beforeAll(() => {
    results = lint(
      Object.values(rules).flatMap(({ refused, allowed }) => [...Object.values(refused), ...Object.values(allowed)]),
    );
  }, 120_000);

  describe.each(Object.entries(rules))("in code", (rule, { refused, allowed }) => {
    it.each(Object.entries(refused))(`%s is refused by ${rule}`, (_, [file, , ...others]) => {
      expect(results.get(file)?.rules).toEqual([rule, ...others]);
    });

    it.each(Object.entries(allowed))(`%s is let pass by ${rule}`, (_, [file]) => {
      expect(results.get(file)).toEqual({ rules: [], text: "" });
    });
  });
}

/** In place of the providers, whose barrels would take longer to type-check than all else together. */
const PROVIDERS = {
  "node_modules/@cdktf/provider-aws/index.d.ts": 'export * as vpc from "./lib/vpc";\n',
  "node_modules/@cdktf/provider-aws/lib/vpc/index.d.ts": "export declare class Vpc {}\n",
};

/**
 * What the repository's ESLint configuration says about each sample, by file. All are linted at once, in a repository where
 * nx has never run: there is no project graph, as on a fresh clone.
 */
function lint(samples: readonly Sample[]): Map<string, { rules: (string | null)[]; text: string }> {
  const repository = new TemporaryRepository(["eslint.config.mjs", "package.json", "tsconfig.base.json", "tools/lint"]);
  try {
    for (const [name, folder] of PROJECTS) {
      const depth = "../".repeat(folder.split("/").length);
      repository.write({
        [`${folder}/package.json`]: JSON.stringify({
          name: `@demarc/${name}`,
          imports: { "#platform": "@demarc/k8s-platform/index", "#own": "./src/index.ts" },
          exports: { "./environment": "./src/environment/index.ts", "./*": "./src/*.ts" },
        }),
        [`${folder}/tsconfig.json`]: JSON.stringify({
          extends: `${depth}tsconfig.base.json`,
          include: ["src"],
          compilerOptions: { paths: { "mapped-infra": [`${depth}packages/infra/src/index.ts`] } },
        }),
        [`${folder}/src/index.ts`]: "export const index = 1;\n",
      });
      repository.link(`@demarc/${name}`, folder);
    }
    repository.link("linked-platform", "packages/k8s-platform");
    repository.write({
      "packages/shared/src/environment/index.ts": ENVIRONMENT,
      // What an app's team may put there, and nothing asks.
      "packages/apps/petstore/eslint.config.mjs": "export default [];\n",
      "packages/shared/src/testing/synth.ts": "export const synth = 1;\n",
    });
    repository.removeFile("node_modules/@cdktf");
    repository.write({ ...PROVIDERS, ...Object.fromEntries(samples.map(([file, code]) => [file, code])) });

    const files = samples.map(([file]) => file);
    const { stdout, stderr } = repository.run("eslint", "--config=eslint.config.mjs", "--format=json", ...files);
    if (stdout === "") throw new Error(`eslint said nothing but:\n${stderr}`);
    return new Map(
      results.parse(JSON.parse(stdout)).map(({ filePath, messages }) => {
        const errors = messages.filter(({ severity }) => severity === ERROR);
        return [
          filePath.slice(repository.root.length + 1),
          {
            rules: [...new Set(errors.map(({ ruleId }) => ruleId))],
            text: errors.map(({ message }) => message).join("\n"),
          },
        ];
      }),
    );
  } finally {
    repository.remove();
  }
}
