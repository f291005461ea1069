import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "@demarc/shared/environment";
import { madeByControllers } from "../inventory";
import { runningServers } from "./programs";
import { step } from "./step";

/** Seconds in which controllers act on what is deployed: ExternalDNS may still have to be built. */
const PATIENCE = 300;

/** What the controllers are to make for dev's apps: a load balancer, and records that say whose they are, each one of several of its name. */
const WANTED = [
  /^load-balancer /,
  /^target-group /,
  /^record petstore\.dev\.example\.com A dev-a-alb-ingress$/,
  /^record \S*petstore\.dev\.example\.com TXT dev-a-alb-ingress$/,
  /^record storefront\.dev\.example\.com A dev-a-alb-ingress$/,
];

/** Apps are reached by what controllers in the cluster make in AWS, each with the role of its own. */
export async function isReachable(environment: Environment): Promise<void> {
  await step("the controllers have made a load balancer and records for the apps", async () => {
    const servers = await runningServers();
    const missing = async () => {
      const of = { environment: environment.name, cluster: `${environment.name}-a`, own: new Set<string>() };
      const made = await madeByControllers(servers, of);
      return WANTED.filter((wanted) => !made.some((one) => wanted.test(one)));
    };
    let left = await missing();
    for (let second = 0; left.length > 0 && second < PATIENCE; second++) {
      await sleep(1_000);
      left = await missing();
    }
    assert.deepEqual(left, []);
  });
}
