import { chosenBy, type Choose, type Command as Program, InvalidArgumentError, program } from "@demarc/command";

/** What the deploy tool is asked to do. `passedOn` are arguments for cdktf. */
export type Command =
  | { readonly kind: "synth"; readonly project: string; readonly environment: string | undefined }
  | {
      readonly kind: "diff" | "deploy" | "destroy";
      readonly project: string;
      readonly environment: string;
      readonly cluster: string | undefined;
      readonly passedOn: readonly string[];
    }
  | {
      readonly kind: "deploy-all";
      readonly environment: string;
      readonly cluster: string | undefined;
      readonly passedOn: readonly string[];
    }
  | { readonly kind: "bootstrap"; readonly environment: string; readonly passedOn: readonly string[] }
  | {
      readonly kind: "plan";
      readonly environment: string;
      readonly cluster: string | undefined;
      /** Names of the projects to plan. @default all */
      readonly projects: readonly string[];
    }
  | { readonly kind: "apply"; readonly environment: string; readonly digest: string }
  | { readonly kind: "deployed"; readonly environment: string };

/**
 * @param args of the command line, without the program @param known names of the environments that help tells of
 * @throws Said where they make no command, or ask for help
 */
export function commandOf(args: readonly string[], known: readonly string[]): Command {
  return chosenBy<Command>(
    (choose) => deployProgram(choose, known.join(", ")),
    args.filter((arg) => arg !== "--"),
  );
}

const OF_PROJECT = [
  ["diff", "shows what a deploy would change"],
  ["deploy", "deploys the project's stacks"],
  ["destroy", "destroys the project's stacks, the last made first"],
] as const;

function deployProgram(choose: Choose<Command>, known: string): Program {
  const tool = program("deploy", "Synthesizes, shows, deploys and destroys workspaces.").usage(
    `<command>\n  npx nx <synth|diff|deploy|destroy> <project> --configuration=<environment> [-- options]\n  npm run <deploy|plan|apply|deployed|bootstrap> -- <environment> [options]`,
  );
  const ofProject = (kind: string, description: string) =>
    tool.command(kind).description(description).argument("<project>", "infra, k8s-platform or an app");

  ofProject("synth", "writes the project's stacks into its cdktf.out, and checks them")
    .argument("[environment]", `one of ${known}; without it: all`)
    .action((project: string, environment?: string) => choose({ kind: "synth", project, environment }));
  for (const [kind, description] of OF_PROJECT) {
    const command = ofProject(kind, description).argument("<environment>", `one of ${known}`);
    const also = kind === "destroy" ? "" : ALSO;
    withCluster(withOptions(command, kind !== "diff"), also).action((project: string, environment: string) =>
      choose({ kind, project, environment, ...given(command) }),
    );
  }
  const ofAll = (kind: string, description: string) =>
    withOptions(tool.command(kind).description(description).argument("<environment>", `one of ${known}`), true);
  const all = withCluster(ofAll("deploy-all", "deploys every project: infra, k8s-platform, then the apps"), ALSO);
  all.action((environment: string) => choose({ kind: "deploy-all", environment, ...given(all) }));
  const first = ofAll(
    "bootstrap",
    "makes infra's administrators' stacks: where states lie, all boundaries, and the roles that deploy",
  );
  first.action((environment: string) => choose({ kind: "bootstrap", environment, passedOn: given(first).passedOn }));
  const planned = tool
    .command("plan")
    .description("plans all projects, or some, and saves what is found, to be reviewed and applied")
    .argument("<environment>", `one of ${known}`)
    .argument("[project...]", "infra, k8s-platform or apps; without any: all");
  withCluster(planned, ALSO).action((environment: string, projects: string[]) =>
    choose({ kind: "plan", environment, projects, cluster: given(planned).cluster }),
  );
  tool
    .command("apply")
    .description("applies exactly what a plan found, and nothing else")
    .argument("<environment>", `one of ${known}`)
    .argument("<digest>", "of the plan, as plan tells it", digest)
    .action((environment: string, digest: string) => choose({ kind: "apply", environment, digest }));
  tool
    .command("deployed")
    .description("tells what is deployed: by which commit, when and by whom, and what changed since then")
    .argument("<environment>", `one of ${known}`)
    .action((environment: string) => choose({ kind: "deployed", environment }));
  return tool;
}

/** What a deploy of one cluster takes beside it. */
const ALSO = ", with those of no cluster that they stand on";

function withCluster(command: Program, also: string): Program {
  return command.option(CLUSTER_OPTION, `stacks of that cluster of the environment alone${also}`);
}

/** The one option that is not cdktf's. */
const CLUSTER_OPTION = "--cluster <id>";

/** Options of cdktf 0.21 that fit to stacks which are synthesized and checked already: `cdktf deploy --help`. */
function withOptions(command: Program, changes: boolean): Program {
  if (changes) {
    command
      .option("--auto-approve", "asks nobody")
      .option("--parallelism <number>", "stacks at once", whole)
      .option("--outputs-file <file>", "writes the stacks' outputs there, as JSON")
      .option("--outputs-file-include-sensitive-outputs", "writes those that are sensitive too");
  }
  return command
    .option("--terraform-parallelism <number>", "resources at once, for each stack", whole)
    .option("--refresh-only", "changes states only, to what is there")
    .option("--var <name=value...>", "a variable of Terraform's")
    .option("--var-file <file...>", "a file of them")
    .option("--no-color", "without colours");
}

function whole(value: string): string {
  if (/^[1-9]\d*$/.test(value)) return value;
  throw new InvalidArgumentError("It is a whole number above 0.");
}

function digest(value: string): string {
  if (/^[0-9a-f]{64}$/.test(value)) return value;
  throw new InvalidArgumentError("It is the 64 digits that plan tells at its end.");
}

/** The options that were given: the cluster, and the others as cdktf takes them. */
function given(command: Program): { cluster: string | undefined; passedOn: string[] } {
  const { cluster, ...values }: Readonly<Record<string, unknown>> = command.opts();
  const passedOn = command.options.flatMap((option) => {
    const name = option.attributeName();
    if (name === "cluster" || command.getOptionValueSource(name) !== "cli") return [];
    const value = values[name];
    if (typeof value === "boolean") return [option.long ?? ""];
    return [value].flat().map((one) => `${option.long ?? ""}=${String(one)}`);
  });
  return { cluster: typeof cluster === "string" ? cluster : undefined, passedOn };
}
