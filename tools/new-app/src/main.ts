import path from "node:path";
import { allEnvironments, InvalidInput } from "@demarc/shared/environment";
import { makeFolder } from "./folder";
import { register } from "./registration";
import { requested } from "./request";

/** Makes an app: `npm run new-app -- <name> --team <team>`. */
function main(root: string): void {
  const environments = allEnvironments();
  const app = requested(process.argv.slice(2), root, environments);
  const folder = makeFolder(
    root,
    app,
    environments.map(({ name }) => name),
  );
  console.log(`Made ${folder}, of team ${app.team}.`);
  const failure = register(root);
  if (failure !== undefined) {
    console.error(`npm does not know it yet: run npm install once what it says is mended.\n${failure}`);
    process.exitCode = 1;
    return;
  }
  console.log(
    [
      "CODEOWNERS, package-lock.json and the registry of apps name it too: commit them with it. Next:",
      `  npx nx run-many -t lint typecheck test synth -p ${app.name}`,
      `  ${folder}/src/app.ts: what it asks for; ${folder}/src/settings: image and replicas`,
      `  before its first deploy, if it is the first app of team ${app.team} or has a new databaseUser: deploy infra's account stack, which makes the boundary of the team's roles: npm run bootstrap -- <environment>`,
    ].join("\n"),
  );
}

try {
  main(path.resolve(__dirname, "../../.."));
} catch (error) {
  console.error(error instanceof InvalidInput ? error.message : error);
  process.exitCode = 1;
}
