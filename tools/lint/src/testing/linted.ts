import { TemporaryRepository } from "@demarc/nx/src/testing/repository";
import { z } from "zod";

/** Code to lint: the file that it stands in, from the root of the repository, its text, and what else refuses it. */
type Sample = readonly [file: string, code: string, ...rules: string[]];

/** By what they show: code that a rule must refuse, and code that no rule may refuse. */
interface Samples {
  readonly refused: Readonly<Record<string, Sample>>;
  readonly allowed: Readonly<Record<string, Sample>>;
}

const eslintResults = z.array(
  z.object({
    filePath: z.string(),
    messages: z.array(z.object({ ruleId: z.string().nullable(), severity: z.number(), message: z.string() })),
  }),
);

const oxlintResults = z.object({
  diagnostics: z.array(z.object({ filename: z.string(), code: z.string(), severity: z.string(), message: z.string() })),
});

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
 * What the repository's linters say about each sample, by file. All are linted at once, in a repository where
 * nx has never run: there is no project graph, as on a fresh clone.
 */
function lint(samples: readonly Sample[]): Map<string, { rules: (string | null)[]; text: string }> {
  const repository = new TemporaryRepository([
    "eslint.config.mjs",
    ".oxlintrc.json",
    "package.json",
    "tsconfig.base.json",
    "tools/lint",
  ]);
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
    const all = [...errorsOfESLint(repository, files), ...errorsOfOxlint(repository, files)];
    return new Map(
      files.map((file) => {
        const found = all.filter((each) => each.file === file);
        return [
          file,
          { rules: [...new Set(found.map(({ rule }) => rule))], text: found.map(({ message }) => message).join("\n") },
        ];
      }),
    );
  } finally {
    repository.remove();
  }
}

/** What a linter does not let pass. */
interface LintError {
  readonly file: string;
  readonly rule: string | null;
  readonly message: string;
}

function errorsOfESLint(repository: TemporaryRepository, files: readonly string[]): LintError[] {
  const printed = outputOf(repository, "eslint", "--config=eslint.config.mjs", "--format=json", ...files);
  return eslintResults
    .parse(printed)
    .flatMap(({ filePath, messages }) =>
      messages
        .filter(({ severity }) => severity === ERROR)
        .map(({ ruleId, message }) => ({ file: filePath.slice(repository.root.length + 1), rule: ruleId, message })),
    );
}

function errorsOfOxlint(repository: TemporaryRepository, files: readonly string[]): LintError[] {
  const options = ["--config=.oxlintrc.json", "--disable-nested-config", "--type-aware", "--format=json"];
  const { diagnostics } = oxlintResults.parse(outputOf(repository, "oxlint", ...options, ...files));
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ filename, code, message }) => ({ file: filename, rule: code.replace(/\((.*)\)$/, "/$1"), message }));
}

function outputOf(repository: TemporaryRepository, linter: string, ...args: readonly string[]): unknown {
  const { stdout, stderr } = repository.run(linter, ...args);
  if (stdout === "") throw new Error(`${linter} said nothing but:\n${stderr}`);
  return JSON.parse(stdout);
}
