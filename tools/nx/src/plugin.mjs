/** @import { CreateNodes, CreateNodesResult, PreTasksExecution, TargetConfiguration } from "nx/src/devkit-exports" */
import { readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { configurationsIn } from "./configurations.mjs";

const ENVIRONMENTS = "packages/shared/src/environment/environments";

/** Checks by programs that take the folders of many projects. */
const CHECK = "./tools/nx:check";

/**
 * What every project is checked with.
 *
 * @type {Readonly<Record<string, TargetConfiguration>>}
 */
const checks = {
  lint: {
    cache: true,
    executor: CHECK,
    options: {
      programs: [
        // By the repository's configurations alone: one in the project's folder would take their place.
        ["eslint", "--config", "eslint.config.mjs", "--max-warnings=0"],
        ["oxlint", "--config", ".oxlintrc.json", "--disable-nested-config", "--type-aware"],
        ["prettier", "--config", ".prettierrc.json", "--check", "--log-level=warn"],
      ],
    },
    inputs: [
      "default",
      "^source",
      "{workspaceRoot}/eslint.config.mjs",
      "{workspaceRoot}/.oxlintrc.json",
      "{workspaceRoot}/.prettierrc.json",
      "{workspaceRoot}/.prettierignore",
      "{workspaceRoot}/tools/lint/src/**/*.mjs",
    ],
  },
  typecheck: {
    cache: true,
    executor: CHECK,
    // Single-threaded, for the projects are read once then, and the other checks run beside it.
    options: { programs: [["tsc", "--build", "--noEmit", "--force", "--singleThreaded"]] },
    inputs: ["default", "^source"],
  },
  test: {
    cache: true,
    executor: "nx:run-commands",
    options: { command: "vitest run", cwd: "{projectRoot}" },
    inputs: [
      "default",
      "^source",
      "{workspaceRoot}/vitest.config.base.mjs",
      "{workspaceRoot}/vitest.setup.mjs",
      { runtime: "node tools/nx/src/machine.mjs" },
    ],
    outputs: ["{projectRoot}/coverage"],
  },
};

/**
 * Targets of every project, from the files that are there: a new app or environment is named nowhere else.
 *
 * Every package has `lint`, `typecheck` and `test`. One with a `cdktf.json` has `synth`, `diff`, `deploy` and `destroy` too,
 * with a configuration for each environment. No target waits for another workspace's: the order between workspaces is the
 * deploy tool's, and it is the other way round for `destroy`.
 *
 * @type {CreateNodes}
 */
export const createNodes = [
  `{packages/*/package.json,packages/apps/*/package.json,tools/*/package.json,packages/*/cdktf.json,packages/apps/*/cdktf.json,${ENVIRONMENTS}/*.ts}`,
  (files) => {
    const environments = files.flatMap(environmentOf).sort();
    return files
      .filter((file) => posix.basename(file) === "package.json")
      .map((file) => {
        const root = posix.dirname(file);
        const deployable = files.includes(posix.join(root, "cdktf.json"));
        const targets = { ...checks, ...(deployable ? deployTargets(root, environments) : {}) };
        return [file, { projects: { [root]: { targets } } }];
      });
  },
];

/**
 * Stops a run that asks for a configuration that there is not: nx itself leaves it out without a word, and would synthesize every
 * environment, or take that from its cache.
 *
 * @type {PreTasksExecution}
 */
export function preTasksExecution(_, { argv, workspaceRoot }) {
  const known = readdirSync(join(workspaceRoot, ENVIRONMENTS))
    .flatMap((file) => environmentOf(posix.join(ENVIRONMENTS, file)))
    .sort();
  const unknown = configurationsIn(argv).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new Error(
    `There is no environment "${unknown.join('", "')}": a configuration is an environment's name. Known are: ${known.join(", ")}.`,
  );
}

/** @param {string} file @returns {string[]} */
function environmentOf(file) {
  if (posix.dirname(file) !== ENVIRONMENTS) return [];
  const name = posix.basename(file, ".ts");
  return name === "index" || name.endsWith(".test") ? [] : [name];
}

/**
 * @param {string} root
 * @param {readonly string[]} environments
 * @returns {Record<string, TargetConfiguration>}
 */
function deployTargets(root, environments) {
  const workspace = posix.basename(root);
  return {
    synth: synthTarget(workspace, environments),
    diff: environmentTarget("diff", workspace, environments),
    deploy: environmentTarget("deploy", workspace, environments),
    destroy: environmentTarget("destroy", workspace, environments),
  };
}

/**
 * Cached, as it depends on nothing but files. Not all of cdktf.out is: Terraform keeps plugins and plans there, and the synth
 * of one environment must not bring back an old one of another.
 *
 * @param {string} workspace
 * @param {readonly string[]} environments
 * @returns {TargetConfiguration}
 */
function synthTarget(workspace, environments) {
  const target = environmentTarget("synth", workspace, environments);
  const stacks = "{projectRoot}/cdktf.out/stacks/{options.stacks.glob}";
  return {
    ...target,
    cache: true,
    inputs: ["production", "^production", "{workspaceRoot}/tools/deploy/src/**/*.ts"],
    outputs: ["{projectRoot}/cdktf.out/manifest.json", `${stacks}/cdk.tf.json`, `${stacks}/assets`],
    // An object, for nx passes options that it does not know on to the command, unless they are objects.
    options: { ...target.options, stacks: { glob: "*" } },
    configurations: Object.fromEntries(
      Object.entries(target.configurations ?? {}).map(([environment, options]) => [
        environment,
        { ...options, stacks: { glob: `{${environment},account}-*` } },
      ]),
    ),
  };
}

/**
 * @param {string} action what the deploy tool is asked to do, in one environment or, without a configuration, in all
 * @param {string} workspace
 * @param {readonly string[]} environments
 * @returns {TargetConfiguration}
 */
function environmentTarget(action, workspace, environments) {
  // Without tsx's own command: it kills whatever is too busy to answer a Ctrl-C within 60 ms, and its Terraforms go on.
  const command = `node --import tsx tools/deploy/src/main.ts ${action} ${workspace}`;
  return {
    executor: "nx:run-commands",
    cache: false,
    options: { command },
    configurations: Object.fromEntries(
      environments.map((environment) => [environment, { command: `${command} ${environment}` }]),
    ),
  };
}
