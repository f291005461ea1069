import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { cleanVariables } from "../variables";
import { type Ended, HOME, layout, ROOT, run } from "./programs";
import { step } from "./step";

/** What README tells to type before anything of "Day to day" is typed in the sandbox. */
const TO_THE_SANDBOX = 'eval "$(npm run --silent sandbox -- env)"';

/** README's commands as they stand there, and the approval that a person would give at a terminal. */
const COMMANDS: readonly { readonly command: string; readonly approval?: string }[] = [
  { command: "npm run bootstrap -- dev", approval: " --auto-approve" },
  { command: "npx nx diff infra --configuration=dev" },
  { command: "npx nx deploy infra --configuration=dev", approval: " -- --auto-approve" },
  { command: "npx nx deploy petstore --configuration=dev -- --auto-approve" },
  { command: "npx nx deploy k8s-platform --configuration=dev -- --cluster a", approval: " --auto-approve" },
  { command: "npm run deploy -- dev", approval: " --auto-approve" },
  { command: "npm run plan -- dev" },
  { command: "cd packages/infra && npx cdktf deploy 'dev-*'", approval: " --auto-approve" },
];

/** A shell that was led to the sandbox deploys every workspace: all of it is deployed already, and none of them finds a change. */
export async function deploysDayToDay(): Promise<void> {
  await step("README's day to day, in a shell that env has led to the sandbox: nothing has changed", async () => {
    for (const { command, approval = "" } of COMMANDS) {
      console.log(`    $ ${command}${approval}`);
      const { code, printed } = await inShell(`${TO_THE_SANDBOX} && ${command}${approval}`);
      assert.equal(code, 0);
      const said = stripVTControlCharacters(printed);
      assert.match(said, /No changes\.|Nothing changes in dev\./);
      assert.doesNotMatch(said, /Plan: \d+ to add|Unauthorized/);
    }
  });
}

function inShell(commands: string): Promise<Ended> {
  const env = { ...cleanVariables(layout, process.env), DEMARC_SANDBOX_HOME: HOME };
  return run("sh", ["-c", commands], { cwd: ROOT, env });
}
