import { Argument, type Choose, chosenBy, type Command, program, runMain } from "@demarc/command";
import { checkAccount } from "@demarc/deploy";
import { environmentNamed } from "@demarc/shared/environment";
import { awsAt } from "./aws";
import { report, run } from "./check";
import { checks } from "./checks";

// The SDK is pinned with the Node versions that this repository supports: it need not warn of later ones in every run.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

const ASKED = checks.map(({ id, asks, expected }) => `  ${id.padEnd(22)}${expected} (${asks})`).join("\n");

function smoke(choose: Choose<string>): Command {
  return program(
    "npm run smoke --",
    "Asks AWS what no simulator can answer, as whoever calls it. It reads, and changes nothing. Exit code: 0 all of it holds, 1 something does not.",
  )
    .addArgument(new Argument("<environment>", "whose account is asked"))
    .addHelpText("after", `\nChecks:\n${ASKED}`)
    .action((environment: string) => choose(environment));
}

async function main(): Promise<number> {
  const environment = environmentNamed(chosenBy(smoke, process.argv.slice(2)));
  const aws = awsAt({ region: environment.region });
  console.log(`Asking account ${environment.account} as ${await checkAccount(aws, environment)} …`);
  const outcomes = await run(checks, aws, environment);
  for (const line of report(outcomes)) console.log(line);
  return outcomes.every(({ problems }) => problems.length === 0) ? 0 : 1;
}

runMain(main);
