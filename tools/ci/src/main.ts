import { runMain } from "@demarc/command";
import { commandOf } from "./command";

// The SDK is pinned with the Node versions that this repository supports: it need not warn of later ones in every run.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

async function main(args: readonly string[]): Promise<number> {
  const command = commandOf(args);
  const root = process.cwd();
  switch (command.kind) {
    case "environments":
      // Loaded only now, as all that follows: help needs none of it.
      return (await import("./environments-command")).environments(command);
    case "checks":
      return (await import("./checks/checks")).checks(command.base, root);
    case "tasks":
      return (await import("./tasks/command")).tasks(command, root);
    case "plan":
      return (await import("./plan/plan")).plan(command, root);
    case "comment":
      return (await import("./comment/command")).printComment(command.folders);
    case "apply":
      return (await import("./apply/command")).apply(command, root);
    case "drift":
      return (await import("./drift/drift")).drift(command, root);
  }
}

runMain(() => main(process.argv.slice(2)));
