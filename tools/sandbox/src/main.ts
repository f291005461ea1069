import { checkLoopback, endpointsIn, Refusal } from "@demarc/deploy";
import { InvalidInput } from "@demarc/shared/environment";
import { type Command, commandOf, USAGE } from "./command";
import { audit } from "./commands/audit";
import { calls } from "./commands/calls";
import { destroy } from "./commands/destroy";
import { down } from "./commands/down";
import { env } from "./commands/env";
import { kubeconfig } from "./commands/kubeconfig";
import { plan } from "./commands/plan";
import { status } from "./commands/status";
import { up } from "./commands/up";
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

function run(command: Command): Promise<number> | number {
  switch (command.kind) {
    case "up":
      return up(command.environment, command, surroundings);
    case "plan":
      return plan(command.environment, surroundings);
    case "audit":
      return audit(command.environment, surroundings);
    case "destroy":
      return destroy(command.environment, surroundings);
    case "calls":
      return calls(command.role, surroundings);
    case "status":
      return status(surroundings);
    case "down":
      return down(surroundings);
    case "kubeconfig":
      return kubeconfig(command.team, surroundings);
    case "env":
      return env(command.team, surroundings);
    case "help":
      console.log(USAGE);
      return 0;
  }
}

async function main(): Promise<number> {
  const command = commandOf(process.argv.slice(2), process.env);
  checkLoopback(endpointsIn(process.env));
  return run(command);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Refusal || error instanceof InvalidInput ? error.message : error);
    process.exitCode = 1;
  },
);
