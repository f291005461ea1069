import path from "node:path";
import type { Environment } from "@demarc/shared/environment";
import { measure, type Measure, type Run } from "../../measure";
import { companyOf, type Size } from "./company";
import { changeApp, recordDeploys, repositoryOf } from "./repository";

/**
 * Measures what is done in a large company's repository, each once: they take long enough.
 * @param tell is told each figure as soon as it is there
 */
export async function measureGrowth(
  model: Environment,
  size: Size,
  tell: (what: string, found: Measure) => void,
): Promise<void> {
  const company = companyOf(model, size);
  const [environment = model] = company.environments;
  const [app = { name: "" }] = company.apps;
  const repository = repositoryOf(company, model.name);
  const { root } = repository;
  const tsx = (file: string, cwd = root, variables = {}): Run => ({
    ...{ command: process.execPath, args: ["--import", "tsx", file], cwd, variables },
  });
  const synth = (workspace: string, name = "") =>
    tsx("src/main.ts", path.join(root, "packages", workspace), { DEMARC_ENVIRONMENT: name });
  const affected = ["nx", "show", "projects", "--affected", `--files=packages/apps/${app.name}/src/app.ts`];
  const quiet = { NX_DAEMON: "false", NX_ISOLATE_PLUGINS: "false", NX_SKIP_NX_CACHE: "true" };
  const tasks = (...args: string[]): Run => {
    const ofTasks = tsx("tools/ci/src/main.ts");
    return { ...ofTasks, args: [...ofTasks.args, "tasks", ...args] };
  };
  recordDeploys(repository, company);
  changeApp(repository, app.name);
  const runs: readonly (readonly [string, Run])[] = [
    ["synth infra, one environment", synth("infra", environment.name)],
    ["synth infra, all environments", synth("infra")],
    ["synth k8s-platform, one environment", synth("k8s-platform", environment.name)],
    ["synth k8s-platform, all environments", synth("k8s-platform")],
    ["synth one app, one environment", synth(`apps/${app.name}`, environment.name)],
    ["synth one app, all environments", synth(`apps/${app.name}`)],
    ["nx, what a change of one app affects", { command: "npx", args: affected, cwd: root, variables: quiet }],
    ["ci tasks, of a branch that changes one app", tasks("--base", "HEAD~1")],
    ["ci tasks, by the records of what is deployed", tasks()],
    // The last, for it takes all workspaces and apps to synthesize.
    ["generate", tsx("tools/generate/src/main.ts")],
  ];
  try {
    for (const [what, run] of runs) tell(what, await measure(run));
  } finally {
    repository.remove();
  }
}
