import assert from "node:assert/strict";
import type { Environment } from "@demarc/shared/environment";
import { madeByControllers } from "../inventory";
import { until } from "./looks";
import { runningServers } from "./programs";
import { step } from "./step";

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
    const of = { environment: environment.name, cluster: `${environment.name}-a`, own: new Set<string>() };
    await until(async () => {
      const made = await madeByControllers(servers, of);
      assert.deepEqual(
        WANTED.filter((wanted) => !made.some((one) => wanted.test(one))),
        [],
      );
    });
  });
}
