import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { allApps, type RegisteredApp } from "@demarc/shared/apps";
import { clusterNames, type Environment, type EnvironmentInput } from "@demarc/shared/environment";
import { k8sPlatform } from "@demarc/shared/workspace";
import { kinds } from "../controllers/kubernetes/kinds";
import { INSTALLED } from "../controllers/load-balancer/kinds";
import { madeByControllers } from "../inventory";
import type { Servers } from "../local-aws/servers";
import { bucketOf } from "../session";
import { CREDENTIALS } from "../variables";
import { lookedAtUntil, until } from "./looks";
import { type Ended, run, runningServers, sandboxOf, teamsVariables } from "./programs";
import { hostNames, recordsOf, zoneOf } from "./records";
import { repositoryCopy } from "./repository-copy";
import { step } from "./step";
import { clientOf } from "./team-client";
import { leadsIn, requested, type WayIn } from "./way-in";

/** Seconds in which ExternalDNS and the load balancer controller act on what is deployed. */
const PATIENCE = 240;

/** Settings of infra's load balancer, which the environment has not as long as it has none: one that a destroy takes away. */
const EDGE = `edge: { deletionProtection: false, accessLogRetentionDays: 30, waf: { logRetentionDays: 30 } },\n`;

type Exposures = EnvironmentInput["exposures"];

/**
 * An environment whose load balancers the controller makes moves to one of infra's, by the steps that README tells. All the while each
 * host name has a way in.
 * @returns root of the repository that it is deployed from now
 */
export async function movesToAnotherExposure(environment: Environment): Promise<string> {
  const root = repositoryCopy("moved");
  const servers = await runningServers();
  const apps = allApps();
  const way: WayIn = {
    servers,
    elb: new ElasticLoadBalancingV2Client({
      ...{ region: servers.region, endpoint: servers.awsUrl, credentials: CREDENTIALS },
    }),
    zoneId: await zoneOf(servers, environment.domain),
    hosts: hostNames(environment, apps),
  };
  const [old] = environment.exposures;
  assert.ok(old, "the environment has no exposure");
  const next = { kind: "target-group-binding" as const, apps: apps.map(({ name }) => name) };
  const exposedBy = (...exposures: Exposures) => writeEnvironment(root, environment, exposures);
  const up = () => ended(sandboxOf(root, ["up", environment.name]));

  await step("another exposure beside the first: both are alive, and requests go the old way", async () => {
    addEdgeSettings(root, environment);
    exposedBy(old, { ...next, weight: 0 });
    await withAWayIn(way, up);
    assert.deepEqual(
      await requestedBy(way),
      clusterNames(environment).map((name) => `${name}-${old.kind}`),
    );
    await until(() => hasHealthyTargets(way, `${environment.name}-${next.kind}`), PATIENCE);
  });

  await step("weights exchanged: requests go the new way, and both load balancers are there", async () => {
    exposedBy({ ...old, weight: 0 }, { ...next, weight: 100 });
    await withAWayIn(way, async () => {
      await up();
      await until(async () => {
        assert.deepEqual(await requestedBy(way), [`${environment.name}-${next.kind}`]);
      }, PATIENCE);
    });
  });

  await step("the old exposure taken out, apps first: nothing of it is left", async () => {
    exposedBy(next);
    await withAWayIn(way, async () => {
      for (const app of apps) await deployApp(root, environment, app, servers);
      await up();
      await until(() => nothingIsLeft(way, environment), PATIENCE);
    });
  });
  return root;
}

/** Does it, and looks all the while whether requests to each host name reach a pod. */
async function withAWayIn(way: WayIn, work: () => Promise<void>): Promise<void> {
  const working = work();
  const looks = await lookedAtUntil(working, () => leadsIn(way));
  await working;
  console.log(`    a way in for ${way.hosts.join(", ")} at each of ${String(looks)} looks`);
}

async function ended(deploy: Promise<Ended>): Promise<void> {
  const { code, printed } = await deploy;
  assert.equal(code, 0);
  assert.match(printed, /Deploying/);
}

/** As README tells, as the app's team. */
async function deployApp(
  root: string,
  environment: Environment,
  { name, team }: RegisteredApp,
  servers: Servers,
): Promise<void> {
  const command = ["nx", "deploy", name, `--configuration=${environment.name}`, "--auto-approve"];
  const env = await teamsVariables(environment, team, servers);
  assert.equal((await run("npx", command, { cwd: root, env })).code, 0);
}

/** Set identifiers of the records that get requests, of whatever host name. */
async function requestedBy({ servers, zoneId, hosts }: WayIn): Promise<string[]> {
  const records = await recordsOf(servers, zoneId);
  const identifiers = hosts.flatMap((host) => requested(records, host).map(({ setIdentifier = "" }) => setIdentifier));
  return [...new Set(identifiers)].sort();
}

/** Whether all is ready for requests by the records of that set identifier. */
async function hasHealthyTargets(way: WayIn, setIdentifier: string): Promise<void> {
  const records = await recordsOf(way.servers, way.zoneId);
  const own = records.filter((record) => record.setIdentifier === setIdentifier);
  await leadsIn(
    way,
    own.map((record) => ({ ...record, weight: 1 })),
  );
}

/** Neither in AWS nor in a cluster. */
async function nothingIsLeft({ servers, zoneId }: WayIn, environment: Environment): Promise<void> {
  const states = await bucketOf({ environment, servers }).states();
  const own = new Set(states.flatMap(({ records }) => records));
  for (const cluster of clusterNames(environment)) {
    const of = { environment: environment.name, cluster, own };
    assert.deepEqual(await madeByControllers(servers, of), []);
    const records = await recordsOf(servers, zoneId);
    assert.deepEqual(
      records.filter(({ setIdentifier = "" }) => setIdentifier.startsWith(`${cluster}-`)),
      [],
    );
    const { kubernetes } = await clientOf(k8sPlatform.team(environment), cluster);
    assert.deepEqual((await kubernetes.list(kinds.ingresses)).items, []);
    assert.deepEqual((await kubernetes.list(kinds.ingressClasses)).items, []);
    const { items: bindings } = await kubernetes.list(INSTALLED.bindings);
    assert.equal(bindings.length, allApps().flatMap(({ hostnames }) => hostnames).length);
    kubernetes.close();
  }
}

function writeEnvironment(root: string, environment: Environment, exposures: Exposures): void {
  const file = path.join(root, `packages/shared/src/environment/environments/${environment.name}.ts`);
  writeFileSync(file, `export default ${JSON.stringify({ ...environment, exposures })};\n`);
}

function addEdgeSettings(root: string, { name }: Environment): void {
  const file = path.join(root, `packages/infra/src/settings/${name}.ts`);
  const before = readFileSync(file, "utf8");
  const after = before.replace("  dns: {", `  ${EDGE}  dns: {`);
  assert.notEqual(after, before);
  writeFileSync(file, after);
}
