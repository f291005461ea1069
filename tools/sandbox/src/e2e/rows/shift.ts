import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DescribeTargetHealthCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { type Environment, weightOf } from "@demarc/shared/environment";
import { type ForwardingRule, LoadBalancers } from "../../eks-api/account/load-balancers";
import { sandboxOf } from "../programs";
import { repositoryCopy } from "../repository-copy";
import type { Live } from "./row";

/** Milliseconds from one look at the target lists to the next. */
const PAUSE = 500;

/**
 * Deploys the environment with its clusters' weights exchanged, and as it was again, and looks all the while whether each host name has a
 * pod that would answer.
 */
export async function shift(live: Live): Promise<string> {
  const ids = Object.keys(live.environment.clusters);
  if (ids.length < 2) return "one cluster: nothing to exchange";
  const before = ids.map((id) => weightOf(live.environment, id));
  const root = repositoryCopy("shifted");
  let looks = 0;
  for (const weights of [before.toReversed(), before]) {
    const shifted = withWeights(live.environment, weights);
    const file = `packages/shared/src/environment/environments/${live.environment.name}.ts`;
    writeFileSync(path.join(root, file), `export default ${JSON.stringify(shifted)};\n`);
    const deployed = sandboxOf(root, ["up", live.environment.name]);
    looks += await answeredUntil(deployed, live);
    const { code, printed } = await deployed;
    assert.equal(code, 0);
    assert.match(printed, /Deploying/);
    assert.deepEqual(await weightsOfRules(live), [JSON.stringify(weights.toSorted())]);
  }
  return `${before.join(":")} to ${before.toReversed().join(":")} and back: a healthy target at each of ${String(looks)} looks`;
}

function withWeights(environment: Environment, weights: readonly number[]): object {
  const clusters = Object.entries(environment.clusters).map(
    ([id, cluster], index) => [id, { ...cluster, weight: weights[index] }] as const,
  );
  return { ...environment, clusters: Object.fromEntries(clusters) };
}

/** @returns how often it was looked @throws AssertionError at the first look with a host name that nobody answers */
async function answeredUntil(ended: Promise<unknown>, live: Live): Promise<number> {
  const deploy = { goesOn: true };
  void ended.finally(() => (deploy.goesOn = false));
  let looks = 0;
  while (deploy.goesOn) {
    for (const { hosts, groups } of await rules(live)) {
      const healthy = await Promise.all(
        groups.filter(({ weight }) => weight > 0).map(({ arn }) => healthyIn(live, arn)),
      );
      assert.ok(healthy.some(Boolean), `${hosts.join()} had no healthy target behind a weight`);
    }
    looks += 1;
    await sleep(PAUSE);
  }
  assert.notEqual(looks, 0);
  return looks;
}

/** Rules of the environment's host names: the sandbox has no other load balancer. */
async function rules({ elb }: Live): Promise<ForwardingRule[]> {
  return (await new LoadBalancers(elb).forwardingRules()).filter(({ hosts }) => hosts.length > 0);
}

/** The different sets of weights that rules have. */
async function weightsOfRules(live: Live): Promise<string[]> {
  const sets = (await rules(live)).map(({ groups }) => JSON.stringify(groups.map(({ weight }) => weight).toSorted()));
  return [...new Set(sets)];
}

async function healthyIn({ elb }: Live, TargetGroupArn: string): Promise<boolean> {
  const { TargetHealthDescriptions = [] } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  return TargetHealthDescriptions.some(({ TargetHealth }) => TargetHealth?.State === "healthy");
}
