import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Environment, weightOf } from "@demarc/shared/environment";
import { type ForwardingRule, LoadBalancers } from "../../eks-api/account/load-balancers";
import { isHealthy, lookedAtUntil } from "../looks";
import { sandboxOf } from "../programs";
import { repositoryCopy } from "../repository-copy";
import type { Live } from "./row";

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
    looks += await lookedAtUntil(deployed, () => answered(live));
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

/** @throws AssertionError where nobody answers a host name */
async function answered(live: Live): Promise<void> {
  for (const { hosts, groups } of await rules(live)) {
    const healthy = await Promise.all(
      groups.filter(({ weight }) => weight > 0).map(({ arn }) => isHealthy(live.elb, arn)),
    );
    assert.ok(healthy.some(Boolean), `${hosts.join()} had no healthy target behind a weight`);
  }
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
