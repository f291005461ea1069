import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import {
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";

/** Milliseconds from one look to the next. */
const PAUSE = 500;

/** Seconds in which controllers act on what is deployed: ExternalDNS may still have to be built. */
const PATIENCE = 300;

/**
 * Looks again and again until what is looked for is there.
 * @param patience in seconds
 * @returns what the look found @throws what it throws when nobody waits any longer
 */
export async function until<T>(look: () => Promise<T>, patience = PATIENCE): Promise<T> {
  for (let second = 0; ; second++) {
    try {
      return await look();
    } catch (error) {
      if (second >= patience) throw error;
      await sleep(1_000);
    }
  }
}

/**
 * Looks again and again until something has ended.
 * @returns how often @throws what the first look throws that finds a fault
 */
export async function lookedAtUntil(ended: Promise<unknown>, look: () => Promise<void>): Promise<number> {
  const at = { work: true };
  // Its fault is told by whoever waits for it.
  void ended.catch(() => undefined).finally(() => (at.work = false));
  let looks = 0;
  while (at.work) {
    await look();
    looks += 1;
    await sleep(PAUSE);
  }
  assert.notEqual(looks, 0);
  return looks;
}

/** Whether a target group has a healthy target. */
export async function isHealthy(elb: ElasticLoadBalancingV2Client, TargetGroupArn: string): Promise<boolean> {
  const { TargetHealthDescriptions = [] } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  return TargetHealthDescriptions.some(({ TargetHealth }) => TargetHealth?.State === "healthy");
}
