import { allEnvironments } from "@demarc/shared/environment";
import { Refusal } from "./refusal";

/** What one workspace or app is asked to do. */
export type Action = "synth" | "diff" | "deploy" | "destroy";

/** What the deploy tool is asked to do. `passedOn` are arguments for cdktf. */
export type Command =
  | { readonly kind: "synth"; readonly project: string; readonly environment: string | undefined }
  | {
      readonly kind: "diff" | "deploy" | "destroy";
      readonly project: string;
      readonly environment: string;
      readonly passedOn: readonly string[];
    }
  | { readonly kind: "deploy-all" | "bootstrap"; readonly environment: string; readonly passedOn: readonly string[] };

const USAGE = `Usage:
  npx nx <synth|diff|deploy|destroy> <project> --configuration=<environment> [--auto-approve]
  npm run deploy -- <environment> [--auto-approve]      every workspace: infra, k8s-platform, apps
  npm run bootstrap -- <environment> [--auto-approve]   infra's account stack: where states live, and all boundaries

Further arguments go to cdktf.`;

/** @param args of the command line, without the program. @throws Refusal where they make no command */
export function commandOf(args: readonly string[]): Command {
  const [kind = "", ...rest] = args.filter((arg) => arg !== "--");
  const end = rest.findIndex((arg) => arg.startsWith("-"));
  const names = end === -1 ? rest : rest.slice(0, end);
  const passedOn = end === -1 ? [] : rest.slice(end);
  switch (kind) {
    case "synth": {
      const [project, environment] = names;
      if (project === undefined || names.length > 2) throw new Refusal([USAGE]);
      return { kind, project, environment };
    }
    case "diff":
    case "deploy":
    case "destroy": {
      const [project, environment] = names;
      if (project === undefined || names.length > 2) throw new Refusal([USAGE]);
      if (environment === undefined) {
        throw new Refusal([
          `Which environment? npx nx ${kind} ${project} --configuration=<environment>: one at a time. Known are: ${known()}`,
        ]);
      }
      return { kind, project, environment, passedOn };
    }
    case "deploy-all":
    case "bootstrap": {
      const [environment] = names;
      if (environment === undefined || names.length > 1) throw new Refusal([USAGE]);
      return { kind, environment, passedOn };
    }
    default:
      throw new Refusal([USAGE]);
  }
}

/** nx leaves a configuration that there is not out, without a word: whoever mistyped it gets here. */
function known(): string {
  return allEnvironments()
    .map(({ name }) => name)
    .join(", ");
}
