import path from "node:path";
import { chosenBy, program, runMain } from "@demarc/command";
import { allEnvironments } from "@demarc/shared/environment";
import { makeFolder } from "./folder";
import { register } from "./registration";
import { type NewApp, requested } from "./request";

/** Which app is asked for; what is missing is said together with all else that is wrong. */
function asked(args: readonly string[]): NewApp {
  return chosenBy<NewApp>(
    (choose) =>
      program("npm run new-app --", "Makes an app: one folder that lints, type-checks, tests and synthesizes at once.")
        .argument("<name>", "its folder, workspace and host name")
        .option("--team <team>", "a team of every environment")
        .action((name: string, { team = "" }: { team?: string }) => choose({ name, team })),
    args,
  );
}

function main(root: string): number {
  const environments = allEnvironments();
  const app = requested(asked(process.argv.slice(2)), root, environments);
  const folder = makeFolder(
    root,
    app,
    environments.map(({ name }) => name),
  );
  console.log(`Made ${folder}, of team ${app.team}.`);
  const failure = register(root, environments);
  if (failure !== undefined) {
    console.error(`npm does not know it yet: run npm install once what it says is mended.\n${failure}`);
    return 1;
  }
  console.log(
    [
      "CODEOWNERS, package-lock.json and the registry of apps name it too: commit them with it. Next:",
      `  npx nx run-many -t lint typecheck test synth -p ${app.name}`,
      "  npm run generate, and again after each change of what it has: docs/ownership.md",
      `  ${folder}/src/app.ts: what it asks for; ${folder}/src/settings: image and replicas`,
      `  before its first deploy, if it is the first app of team ${app.team} or has a new databaseUser: deploy infra's account stack, which makes the boundary of the team's roles: npm run bootstrap -- <environment>`,
    ].join("\n"),
  );
  return 0;
}

runMain(() => main(path.resolve(__dirname, "../../..")));
