import { runMain } from "@demarc/command";
import { type Command, commandOf } from "./command";
import { layoutOf } from "./layout";
import type { Surroundings } from "./session";

const surroundings: Surroundings = {
  layout: layoutOf(process.cwd(), process.env),
  inherited: { ...process.env },
  console: {
    live: process.stdout.isTTY,
    // A terminal that does not know its width says 0.
    columns: () => process.stdout.columns || 80,
    write: (text) => process.stdout.write(text),
    say: (line) => console.log(line),
  },
};

// The SDK is pinned with the Node versions that this repository supports: it need not warn of later ones in every run.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

/** Each command is loaded when it is called: the help of all of them needs none. */
async function run(command: Command): Promise<number> {
  switch (command.kind) {
    case "up":
      return (await import("./commands/up")).up(command, command, surroundings);
    case "plan":
      return (await import("./commands/plan")).plan(command, surroundings);
    case "audit":
      return (await import("./commands/audit")).audit(command.environment, surroundings);
    case "destroy":
      return (await import("./commands/destroy")).destroy(command, surroundings);
    case "calls":
      return (await import("./commands/calls")).calls(command.role, surroundings);
    case "status":
      return (await import("./commands/status")).status(surroundings);
    case "down":
      return (await import("./commands/down")).down(surroundings);
    case "kubeconfig":
      return (await import("./commands/kubeconfig")).kubeconfig(command.team, surroundings);
    case "env":
      return (await import("./commands/env")).env(command.team, surroundings);
  }
}

runMain(async () => {
  const command = commandOf(process.argv.slice(2), process.env);
  const { checkLoopback, endpointsIn } = await import("@demarc/deploy");
  checkLoopback(endpointsIn(process.env));
  return run(command);
});
