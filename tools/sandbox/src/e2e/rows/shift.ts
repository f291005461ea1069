import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { clusterNames, type Environment, weightOf } from "@demarc/shared/environment";
import { type ForwardingRule, LoadBalancers } from "../../eks-api/account/load-balancers";
import { isHealthy, lookedAtUntil } from "../looks";
import { sandboxOf } from "../programs";
import { hostNames } from "../records";
import { makeInfraSettings, repositoryCopy } from "../repository-copy";
import { type Attachments, attachmentsOf } from "./attachments";
import { appsBehind } from "./load-balancer";
import type { Live } from "./row";

/** Days for which CloudWatch keeps logs, two of those that it knows. */
const [LONG, LONGER] = [365, 400];

/** What was seen while requests went from one cluster to the other and back. */
interface Shifted {
  readonly weights: readonly number[];
  /** How often each host name was looked for. */
  readonly looks: number;
  /** What was attached to the load balancer before, in between and after. */
  readonly attached: readonly Attachments[];
}

const shifts = new WeakMap<Live, Promise<Shifted>>();

/** Once for all rows that look at it: it takes two deploys. */
function shifted(live: Live): Promise<Shifted> {
  const found = shifts.get(live) ?? shiftBetweenClusters(live);
  shifts.set(live, found);
  return found;
}

/** Requests go from one cluster to the other with no host name unanswered. */
export async function shift(live: Live): Promise<string> {
  if (Object.keys(live.environment.clusters).length < 2) return "one cluster: nothing to exchange";
  const { weights, looks } = await shifted(live);
  return `${weights.join(":")} to ${weights.toReversed().join(":")} and back: a healthy target at each of ${String(looks)} looks`;
}

/** Clusters and an app are deployed anew, and what infra attached to its load balancer stays. */
export async function attachmentsStay(live: Live): Promise<string> {
  const [before, ...later] = (await shifted(live)).attached;
  assert.ok(before, "nobody looked");
  for (const after of later) assert.deepEqual(after, before);
  return `${before.webAcl.replace(/.*:/, "")}, ${before.securityGroups.join()}, certificate, ${before.records.join()}: the same after ${String(later.length)} deploys`;
}

/**
 * Deploys the environment with its clusters' weights exchanged, its clusters and an app changed, and as it was again, and looks all the
 * while whether each host name has a pod that would answer.
 */
async function shiftBetweenClusters(live: Live): Promise<Shifted> {
  const { name } = live.environment;
  const before = Object.keys(live.environment.clusters).map((id) => weightOf(live.environment, id));
  const root = repositoryCopy("shifted");
  const file = path.join(root, `packages/shared/src/environment/environments/${name}.ts`);
  const attached = [await attachmentsOf(live)];
  let looks = 0;
  for (const { weights, replicas, longer } of [
    { weights: before.toReversed(), replicas: 3, longer: true },
    { weights: before, replicas: 2, longer: false },
  ]) {
    writeFileSync(file, `export default ${JSON.stringify(withWeights(live.environment, weights))};\n`);
    setReplicas(root, name, replicas);
    setLogRetention(root, name, { longer });
    const deployed = sandboxOf(root, ["up", name]);
    looks += await lookedAtUntil(deployed, () => answered(live));
    const { code, printed } = await deployed;
    assert.equal(code, 0);
    for (const cluster of clusterNames(live.environment))
      for (const changed of ["petstore", "cluster"])
        assert.match(printed, new RegExp(`${cluster}-${changed}: [1-9]\\d* done`));
    assert.deepEqual(await weightsOfRules(live), [JSON.stringify(weights.toSorted())]);
    attached.push(await attachmentsOf(live));
  }
  return { weights: before, looks, attached };
}

/** infra changes how long the logs of each cluster's control plane are kept. */
function setLogRetention(root: string, environment: string, { longer }: { readonly longer: boolean }): void {
  const days = `cluster.logRetentionDays === ${String(LONG)} ? ${String(LONGER)} : ${String(LONG)}`;
  const change = `for (const cluster of Object.values(settings.clusters)) cluster.logRetentionDays = ${days};`;
  makeInfraSettings(root, environment, `(settings) => { ${longer ? change : ""} }`);
}

/** An app's team changes how many pods it has at least. */
function setReplicas(root: string, environment: string, least: number): void {
  const file = path.join(root, `packages/apps/petstore/src/settings/${environment}.ts`);
  const before = readFileSync(file, "utf8");
  assert.match(before, /min: \d+/);
  writeFileSync(file, before.replace(/min: \d+/, `min: ${String(least)}`));
}

function withWeights(environment: Environment, weights: readonly number[]): object {
  const clusters = Object.entries(environment.clusters).map(
    ([id, cluster], index) => [id, { ...cluster, weight: weights[index] }] as const,
  );
  return { ...environment, clusters: Object.fromEntries(clusters) };
}

/** @throws AssertionError where nobody answers some of a host name's requests: an ALB takes no other group for one without targets */
async function answered(live: Live): Promise<void> {
  const found = await rules(live);
  const hosts = new Set(found.flatMap((rule) => rule.hosts));
  assert.deepEqual([...hosts].toSorted(), hostNames(live.environment, appsBehind(live)).toSorted());
  for (const { hosts, groups } of found) {
    const weighed = groups.filter(({ weight }) => weight > 0);
    assert.notEqual(weighed.length, 0, `${hosts.join()} had no group with a weight`);
    const healthy = await Promise.all(weighed.map(({ arn }) => isHealthy(live.elb, arn)));
    assert.ok(healthy.every(Boolean), `${hosts.join()} had no healthy target behind a weight`);
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
