import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "@demarc/shared/environment";
import { bucketOf } from "../session";
import {
  deployTool,
  HOME,
  processesOf,
  ROOT,
  runningServers,
  sandbox,
  shellVariables,
  startSandbox,
  untilPrinted,
} from "./programs";
import { step } from "./step";

/** Times that the number of an app's pods is asked for: the HorizontalPodAutoscaler looks every 15 seconds. */
const PATIENCE = 30;

/** An app whose platform is not there yet is not even planned. */
export async function namesWhatComesFirst(): Promise<void> {
  await step("an app before k8s-platform: workspace, stack and command are named", async () => {
    const variables = shellVariables(await runningServers());
    const { code, printed } = await deployTool(ROOT, ["deploy", "petstore", "dev", "--auto-approve"], variables);
    assert.equal(code, 1);
    assert.match(
      printed,
      /dev-a-petstore reads stack dev-a-tenancy of k8s-platform, which is not deployed\. Deploy it first: npx nx deploy k8s-platform --configuration=dev/,
    );
  });
}

/** A cluster whose API server ends while apps are deployed to it. */
export async function survivesItsApiServer(environment: Environment): Promise<void> {
  const deployed = async () => {
    const states = await bucketOf({ environment, servers: await runningServers() }).states();
    return new Map(states.map(({ key, resources }) => [key, resources]));
  };

  await step("the API server ends while apps are deployed: it is said, and no state is harmed", async () => {
    const up = startSandbox(["up", "dev"]);
    await untilPrinted(up, /dev-a-tenancy: .* done/);
    const before = await deployed();
    await untilPrinted(up, /dev-a-petstore: initialized/);
    const [apiServer] = processesOf(`${HOME}/clusters/`).filter(({ command }) => /kube-apiserver /.test(command));
    assert.ok(apiServer, "no API server runs");
    process.kill(apiServer.pid, "SIGKILL");
    assert.equal(await up.ended, 1);
    assert.match(up.printed(), /dev-a-petstore failed:/);
    assert.match(up.printed(), /kube-apiserver of cluster dev-a has ended \(why: the end of .*\)/);
    assert.match(up.printed(), /Start it again, and go on: npm run sandbox -- up dev/);
    const after = await deployed();
    for (const [key, resources] of before) {
      if (!key.includes("/apps/")) assert.equal(after.get(key), resources, `${key} is another`);
    }
    const locks = await bucketOf({ environment, servers: await runningServers() }).locks();
    assert.deepEqual(locks, []);
  });

  await step("up again: it starts the API server again, with all that was in it, and all is there", async () => {
    const { code, printed } = await sandbox(["up", "dev"]);
    assert.equal(code, 0);
    assert.match(printed, /Starting the control plane of cluster dev-a again/);
    assert.match(printed, /dev-a-tenancy {2}no change/);
    assert.match(printed, /dev is up, in/);
    assert.match(printed, /kubectl --context platform get pods --all-namespaces/);
    assert.match(printed, /pets\/petstore +pets +\d of \d +petstore\.dev\.example\.com/);
  });

  await step("an app that starts with one pod gets the least that it is to have", async () => {
    const whole = /pets\/petstore +pets +2 of 2 /;
    let { printed } = await sandbox(["status"]);
    for (let tries = 0; !whole.test(printed) && tries < PATIENCE; tries++) {
      await sleep(1_000);
      ({ printed } = await sandbox(["status"]));
    }
    assert.match(printed, whole);
  });
}
