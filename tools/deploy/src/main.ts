import { runMain } from "@demarc/command";
import { allEnvironments, environmentNamed } from "@demarc/shared/environment";
import { callersSetting, settingOfEnvironment } from "./callers-setting";
import { type Command, commandOf } from "./command";
import { affectedIn } from "./deployed/affected";
import { deployed } from "./deployed/deployed";
import { checkEndpoints } from "./endpoints";
import { projectNamed, projectsNamed } from "./projects";
import { checkCluster } from "./scope";

// The SDK is pinned with the Node versions that this repository supports: it need not warn of later ones in every run.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

/** What changes nothing. */
const READS: readonly Command["kind"][] = ["synth", "diff", "plan", "deployed"];

async function main(args: readonly string[]): Promise<number> {
  const environments = allEnvironments();
  const command = commandOf(
    args,
    environments.map(({ name }) => name),
  );
  // Loaded only now: help needs none of it.
  const [{ bootstrap, deploy, deployAll }, { destroy }, { diff }, { plan }, { apply }, { synth }] = await Promise.all([
    import("./deployment"),
    import("./destruction"),
    import("./diff"),
    import("./plans/plan"),
    import("./plans/apply"),
    import("./synthesized"),
  ]);
  const cluster = "cluster" in command ? command.cluster : undefined;
  if (command.environment !== undefined) checkCluster(environmentNamed(command.environment, environments), cluster);
  const root = process.cwd();
  const own = await callersSetting(READS.includes(command.kind) ? "plan" : "deploy", root);
  const { projects } = own;
  if (command.kind === "synth") return synth(projectNamed(projects, command.project), command.environment, own);

  checkEndpoints(process.env);
  const { environment } = command;
  const setting = await settingOfEnvironment(environmentNamed(environment, environments), own);
  const scope = { environment, cluster };
  switch (command.kind) {
    case "diff":
      return diff(projectNamed(projects, command.project), scope, command.passedOn, setting);
    case "deploy":
      return deploy(projectNamed(projects, command.project), scope, command.passedOn, setting);
    case "destroy":
      return destroy(projectNamed(projects, command.project), scope, command.passedOn, setting);
    case "deploy-all":
      return deployAll(projects, scope, command.passedOn, setting);
    case "plan":
      return plan(command.projects.length === 0 ? projects : projectsNamed(projects, command.projects), scope, setting);
    case "apply":
      return apply(environment, command.digest, setting);
    case "deployed":
      return deployed(environmentNamed(environment, environments), setting, affectedIn(root));
    case "bootstrap":
      return bootstrap(
        projectNamed(projects, "infra"),
        environmentNamed(environment, environments),
        command.passedOn,
        setting,
      );
  }
}

runMain(() => main(process.argv.slice(2)));
