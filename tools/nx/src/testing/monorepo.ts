import { TemporaryRepository } from "./repository";

export const ENVIRONMENTS = "packages/shared/src/environment/environments";

/** Stands in for the deploy tool: records how it was called, and writes what a synth would. */
const DEPLOY_TOOL = `
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
const [action, workspace, environment] = process.argv.slice(2);
appendFileSync("calls.log", process.argv.slice(2).join(" ") + "\\n");
const root = existsSync("packages/apps/" + workspace) ? "packages/apps/" + workspace : "packages/" + workspace;
for (const name of action === "synth" ? (environment ? [environment] : ["dev", "prod"]) : []) {
  const stack = root + "/cdktf.out/stacks/" + name + "-stack";
  mkdirSync(stack, { recursive: true });
  writeFileSync(stack + "/cdk.tf.json", name);
  writeFileSync(root + "/cdktf.out/manifest.json", name);
}
`;

/** Stands in for tsx, which takes longer to load than all that the tool's stand-in does: that is plain JavaScript. */
const TSX = {
  "node_modules/tsx/package.json": JSON.stringify({ name: "tsx", exports: "./index.mjs" }),
  "node_modules/tsx/index.mjs": `import { register } from "node:module";
register(new URL("load.mjs", import.meta.url));
`,
  "node_modules/tsx/load.mjs": `import { readFileSync } from "node:fs";
export const load = (url, context, next) =>
  url.endsWith(".ts") ? { format: "module", source: readFileSync(new URL(url)), shortCircuit: true } : next(url, context);
`,
};

/** The smallest monorepo with every kind of project, under the real nx.json and plugin: infra, k8s-platform, petstore, storefront. */
export function minimalMonorepo(): TemporaryRepository {
  const real = [
    "nx.json",
    "package.json",
    "package-lock.json",
    "tsconfig.base.json",
    ".gitignore",
    "tools/nx/package.json",
  ];
  const repository = new TemporaryRepository([
    ...real,
    "tools/nx/src/plugin.mjs",
    "tools/nx/src/configurations.mjs",
    "tools/nx/src/machine.mjs",
  ]);
  repository.removeFile("node_modules/tsx");
  repository.write({
    ...TSX,
    ...packageNamed("shared", "packages/shared", { exports: { "./environment": "./src/environment/index.ts" } }),
    "packages/shared/src/environment/index.ts": `export { default as dev } from "./environments/dev";\n`,
    "packages/shared/src/testing/synth.ts": "export {};\n",
    [`${ENVIRONMENTS}/index.ts`]: "export {};\n",
    [`${ENVIRONMENTS}/dev.ts`]: `export default { name: "dev" };\n`,
    [`${ENVIRONMENTS}/dev.test.ts`]: "",
    ...deployable("infra", "packages/infra"),
    ...deployable("k8s-platform", "packages/k8s-platform"),
    ...deployable("petstore", "packages/apps/petstore"),
    ...deployable("storefront", "packages/apps/storefront"),
    ...packageNamed("deploy", "tools/deploy"),
    "tools/deploy/src/main.ts": DEPLOY_TOOL,
  });
  repository.link("@demarc/shared", "packages/shared");
  repository.commit();
  return repository;
}

/** Files of a workspace that uses nothing but shared. */
export function deployable(name: string, folder: string): Record<string, string> {
  return {
    ...packageNamed(name, folder),
    [`${folder}/cdktf.json`]: "{}",
    [`${folder}/src/main.ts`]: `import { dev } from "@demarc/shared/environment";\nconsole.log(dev, "${name}");\n`,
  };
}

function packageNamed(name: string, folder: string, more: object = {}): Record<string, string> {
  return {
    [`${folder}/package.json`]: JSON.stringify({ name: `@demarc/${name}`, version: "0.1.0", nx: { name }, ...more }),
  };
}
