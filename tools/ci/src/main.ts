import { runMain } from "@demarc/command";
import { allEnvironments } from "@demarc/shared/environment";
import { type Command, commandOf } from "./command";
import { inTheirTurn } from "./environments";

// The SDK is pinned with the Node versions that this repository supports: it need not warn of later ones in every run.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

async function main(args: readonly string[]): Promise<number> {
  const command = commandOf(args);
  const root = process.cwd();
  switch (command.kind) {
    case "environments":
      return environments(command);
    case "tasks":
      // Loaded only now, as all that follows: help needs none of it.
      return (await import("./tasks/command")).tasks(command, root);
    case "plan":
      return (await import("./plan/plan")).plan(command, root);
    case "comment":
      return (await import("./comment/command")).printComment(command.folders);
    case "apply":
      return (await import("./apply/command")).apply(command, root);
  }
}

function environments({ json }: Extract<Command, { kind: "environments" }>): number {
  const names = inTheirTurn(allEnvironments()).map(({ name }) => name);
  if (json) console.log(JSON.stringify(names));
  else console.log(names.length === 0 ? "No environment has pipelines." : names.join("\n"));
  return 0;
}

runMain(() => main(process.argv.slice(2)));
