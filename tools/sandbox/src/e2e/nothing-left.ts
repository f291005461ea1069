import assert from "node:assert/strict";
import type { Environment } from "@demarc/shared/environment";
import { provokedIn } from "./judged";
import { HOME, processesLeft, sandbox, sandboxOf } from "./programs";
import { refusedAlone } from "./refused";
import { step } from "./step";

/**
 * A destroy takes all away, in the order in which nothing is left behind.
 * @param root of the repository that the environment was deployed from last
 */
export async function leavesNothing(environment: Environment, root: string): Promise<void> {
  await step("a destroy leaves nothing, and what the controllers made goes before they do", async () => {
    const { code, printed } = await sandboxOf(root, ["destroy", "dev"]);
    assert.equal(code, 0);
    assert.match(printed, /Nothing else is left in the local AWS/);
    const at = (what: string) => {
      const index = printed.search(new RegExp(`${what}: [1-9]\\d* done`));
      assert.notEqual(index, -1, `${what} was not destroyed`);
      return index;
    };
    const order = ["dev-a-petstore", "dev-a-tenancy", "dev-a-addons", "dev-a-cluster", "dev-network"].map(at);
    assert.deepEqual(
      order,
      [...order].sort((one, other) => one - other),
    );
    assert.deepEqual(await processesLeft(`${HOME}/clusters/`), []);
  });

  await step("meanwhile no role called what it may not, or what nobody judges", async () => {
    await refusedAlone(provokedIn(environment));
  });

  await step("down ends everything, and is no fault a second time", async () => {
    assert.equal((await sandbox(["down"])).code, 0);
    assert.match((await sandbox(["down"])).printed, /No local AWS runs/);
    assert.match((await sandbox(["status"])).printed, /No local AWS runs/);
    assert.deepEqual(await processesLeft(`${HOME}/`), []);
  });
}
