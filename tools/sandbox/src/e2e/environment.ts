import assert from "node:assert/strict";
import type { Environment } from "@demarc/shared/environment";
import { HOME, processesLeft, runningServers, sandbox } from "./programs";
import { destroyed } from "./protection";
import { refusedAlone } from "./refused";
import { holdsRows } from "./rows";
import { step } from "./step";

/** An environment's whole life: deployed, as its kind of system promises, changed, and taken away. */
export async function livesWhole(environment: Environment): Promise<void> {
  const { name } = environment;
  const [other, ...more] = Object.keys(environment.clusters).toReversed();
  if (other !== undefined && more.length > 0)
    await step(`${name}: deploys one of its clusters, ${other}, by itself`, async () => {
      const { code, printed } = await sandbox(["up", name, "--cluster", other]);
      assert.equal(code, 0);
      assert.match(printed, new RegExp(`${name}-${other}-cluster: [1-9]\\d* done`));
      for (const cluster of more) assert.doesNotMatch(printed, new RegExp(`${name}-${cluster}-`));
    });
  await step(`${name}: deploys whole`, async () => {
    assert.equal((await sandbox(["up", name])).code, 0);
  });
  await step(`${name}: checkov finds nothing in the plans that nobody has reviewed`, async () => {
    assert.equal((await sandbox(["audit", name])).code, 0);
  });
  await holdsItsRows(environment);
  await step(`${name}: a plan finds nothing to change`, async () => {
    assert.equal((await sandbox(["plan", name])).code, 0);
  });
  const judgedWell = async () => {
    assert.equal((await sandbox(["calls"])).code, 0);
    await refusedAlone();
  };
  await step(`${name}: no role called what it may not, or what nobody judges`, judgedWell);
  const { code, printed } = await destroyed(environment);
  await step(`${name}: a destroy leaves nothing`, () => {
    assert.equal(code, 0);
    assert.match(printed, /Nothing else is left in the local AWS/);
  });
  await step(`${name}: no role called what it may not while all of it was destroyed`, judgedWell);
  await step(`${name}: down ends everything`, async () => {
    assert.equal((await sandbox(["down"])).code, 0);
    assert.deepEqual(await processesLeft(`${HOME}/`), []);
  });
}

/** An environment that is deployed is what its kind of system promises. */
export async function holdsItsRows(environment: Environment): Promise<void> {
  await step(`${environment.name}: is what its kind of system promises`, async () => {
    await holdsRows(environment, await runningServers());
  });
}
