import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Environment } from "@demarc/shared/environment";
import { deployTool, run, runningServers, teamsVariables, versionsOfStates } from "./programs";
import { repositoryCopy } from "./repository-copy";
import { step } from "./step";

/** A team releases its app alone, by the roles that plan and deploy it, as its CI does. */
export async function releasesOneApp(environment: Environment): Promise<void> {
  const root = repositoryCopy("changed");
  const servers = await runningServers();
  const asPets = () => teamsVariables(environment, "pets", servers);

  await step("one app's change, deployed by nx: it touches one state", async () => {
    setReplicas(root, environment, 3);
    const changed = await statesChangedBy(environment, async () => {
      const args = ["nx", "deploy", "petstore", "--configuration=dev", "--auto-approve"];
      const { code, printed } = await run("npx", args, { cwd: root, env: await asPets() });
      assert.equal(code, 0);
      assert.match(stripVTControlCharacters(printed), /Plan: 0 to add, 1 to change, 0 to destroy/);
    });
    assert.deepEqual(changed, [PETSTORE]);
  });

  await step("one app's change, planned, and applied exactly so; an overtaken plan is refused", async () => {
    const plan = async (replicas: number) => {
      setReplicas(root, environment, replicas);
      const { code, printed } = await deployTool(root, ["plan", "dev", "petstore"], await asPets());
      assert.equal(code, 2);
      assert.match(printed, /dev-a-petstore +1 to update\n +~ helm_release\.\S+\n/);
      return /npm run apply -- dev ([0-9a-f]{64})/.exec(printed)?.[1] ?? "";
    };
    const apply = async (digest: string) => deployTool(root, ["apply", "dev", digest], await asPets());
    const [overtaken, reviewed] = [await plan(4), await plan(2)];
    const changed = await statesChangedBy(environment, async () => assert.equal((await apply(reviewed)).code, 0));
    assert.deepEqual(changed, [PETSTORE]);
    const { code, printed } = await apply(overtaken);
    assert.equal(code, 1);
    assert.match(printed, /The state of dev-a-petstore moved on: serial \d+ /);
    const recorded = await deployTool(root, ["deployed", "dev"], await asPets());
    assert.equal(recorded.code, 0);
    assert.match(
      recorded.printed,
      /^ {2}petstore +1 +– .*:assumed-role\/dev-petstore-deploy\/pets\.sandbox +was not committed$/m,
    );
  });
}

/** Key of the state of the app that is changed. */
export const PETSTORE = "dev/a/apps/petstore.tfstate";

/** Puts another least number of replicas into the app's settings. */
export function setReplicas(root: string, environment: Environment, replicas: number): void {
  const settings = path.join(root, `packages/apps/petstore/src/settings/${environment.name}.ts`);
  const before = readFileSync(settings, "utf8");
  const after = before.replace(/replicas: \{ min: \d+,/, `replicas: { min: ${String(replicas)},`);
  assert.notEqual(after, before);
  writeFileSync(settings, after);
}

/** Keys of the states that are written meanwhile. */
export async function statesChangedBy(environment: Environment, change: () => Promise<unknown>): Promise<string[]> {
  const before = await versionsOfStates(environment);
  await change();
  const after = [...(await versionsOfStates(environment))];
  return after.flatMap(([key, version]) => (before.get(key) === version ? [] : key));
}
