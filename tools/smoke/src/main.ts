import { Refusal } from "@demarc/deploy";
import { environmentNamed, InvalidInput } from "@demarc/shared/environment";
import { awsAt } from "./aws";
import { report, run } from "./check";
import { checkAccount, checks } from "./checks";

// The SDK is pinned with the Node versions that this repository supports: it need not warn of later ones in every run.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

const USAGE = `npm run smoke -- <environment>

Asks AWS what no simulator can answer, as whoever calls it. It reads, and changes nothing.
Exit code: 0 all of it holds, 1 something does not.

${checks.map(({ id, asks, expected }) => `  ${id.padEnd(22)}${expected} (${asks})`).join("\n")}`;

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) {
    console.log(USAGE);
    return 0;
  }
  const [name, ...others] = args;
  if (name === undefined || name.startsWith("-") || others.length > 0) throw new Refusal([USAGE]);
  const environment = environmentNamed(name);
  const aws = awsAt({ region: environment.region });
  console.log(`Asking account ${environment.account} as ${await checkAccount(aws, environment)} …`);
  const outcomes = await run(checks, aws, environment);
  for (const line of report(outcomes)) console.log(line);
  return outcomes.every(({ problems }) => problems.length === 0) ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // Whatever the SDK throws says what is wrong; where it was thrown helps nobody who runs this.
    console.error(error instanceof Refusal || error instanceof InvalidInput ? error.message : String(error));
    process.exitCode = 1;
  },
);
