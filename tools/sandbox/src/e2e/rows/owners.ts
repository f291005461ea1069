import assert from "node:assert/strict";
import { clusterName, clusterNames } from "@demarc/shared/environment";
import { serviceLoadBalancerClass } from "@demarc/shared/exposure";
import { appWorkspace, infra, k8sPlatform, type Workspace } from "@demarc/shared/workspace";
import type { KubernetesClient } from "../../controllers/kubernetes/client";
import { type Tags, tagsOf } from "../../controllers/load-balancer/aws";
import { BUILT_IN, type Flavor, INSTALLED } from "../../controllers/load-balancer/kinds";
import { allLoadBalancers, tagsByArn } from "../../controllers/load-balancer/load-balancers";
import { Ownership } from "../../controllers/load-balancer/ownership";
import { refuses } from "../team-client";
import { clustersOf } from "./deployed";
import { balancedService, type DeployedApi, deployedApis, targetGroupBehind } from "./deployed-apis";
import { groupsOf } from "./load-balancer";
import type { Live, Row } from "./row";
import { vpcOf } from "./subnets";

/** What an API server says of a kind that nobody has told it of. */
const UNKNOWN_KIND = { status: 404, message: /404|not f(?:ind|ound)/i };

/** Whose things are by the tags that AWS has of them, whoever owns the load balancers. */
const ofBoth: readonly Row[] = [
  { id: "S1.1, S1.2", what: "whose the network and the clusters are", look: foundations },
  { id: "S1.1, S1.2", what: "whose the REST APIs are", look: apis },
];

/** REST APIs lead to infra's load balancer (`loadBalancer: "infra"`). */
export const behindInfras: readonly Row[] = [
  ...ofBoth,
  { id: "S1.1", what: "whose load balancers, target groups, links and bindings are", look: ofInfra },
];

/** REST APIs lead to load balancers of the apps' own (`loadBalancer: "service"`). */
export const behindServices: readonly Row[] = [
  ...ofBoth,
  { id: "S1.2", what: "whose load balancers, target groups and links are", look: ofServices },
];

async function foundations(live: Live): Promise<string> {
  const vpc = await vpcOf(live);
  belongsTo(live, infra, `VPC ${String(vpc.VpcId)}`, tagsOf(vpc.Tags));
  const clusters = await clustersOf(live);
  assert.equal(clusters.length, clusterNames(live.environment).length);
  for (const { name, tags } of clusters) belongsTo(live, infra, `cluster ${String(name)}`, tags);
  return `${String(vpc.VpcId)} and ${clusters.map(({ name }) => String(name)).join(", ")}: ${infra.team(live.environment)}'s`;
}

async function apis(live: Live): Promise<string> {
  const told: string[] = [];
  for (const { app, api } of await deployedApis(live)) {
    belongsTo(live, appWorkspace(app.name, app), `API ${api.name}`, api.tags);
    told.push(`${api.name} ${app.team}'s`);
  }
  return told.join(", ");
}

/** Each app binds its pods to a target group of infra's, and there is none that nobody binds to. */
async function ofInfra(live: Live): Promise<string> {
  const groups = new Set<string>();
  const bound = new Set<string>();
  for (const deployed of await deployedApis(live)) {
    const { app, cluster, link, balancer } = deployed;
    belongsTo(live, infra, `link ${link.name}`, link.tags);
    const { LoadBalancerArn: arn = "" } = balancer;
    const behind = (await groupsOf(live, arn)).map(({ TargetGroupArn = "" }) => TargetGroupArn);
    const tags = await tagsByArn(live, [arn, ...behind]);
    for (const one of [arn, ...behind]) belongsTo(live, infra, one, tags.get(one));
    for (const group of behind) groups.add(group);
    const kubernetes = await clusterOf(live, cluster);
    const binding = await kubernetes.get(INSTALLED.bindings, { namespace: app.team, name: app.name });
    assert.equal(binding?.spec.targetGroupARN, await targetGroupBehind(live, deployed), `binding of ${app.name}`);
    bound.add(binding.spec.targetGroupARN);
  }
  assert.deepEqual([...bound].sort(), [...groups].sort());
  return `${infra.team(live.environment)}'s, ${String(groups.size)} target groups; a TargetGroupBinding in each app's namespace`;
}

/** A controller makes them for the app's Service alone. Nobody binds anything, and whoever installs no controller has no kind for it. */
async function ofServices(live: Live): Promise<string> {
  const told: string[] = [];
  const all = await deployedApis(live);
  for (const deployed of all) {
    const { app, link } = deployed;
    belongsTo(live, appWorkspace(app.name, app), `link ${link.name}`, link.tags);
    await isOfService(live, deployed);
    told.push(`${app.team}'s for Service ${balancedService(app).name}`);
  }
  for (const cluster of Object.keys(live.environment.clusters)) {
    const name = clusterName(live.environment, cluster);
    const flavor = flavorIn(live, cluster);
    const made = (await allLoadBalancers(live)).filter(({ tags }) => tags[flavor.clusterTag] === name);
    const led = all.filter((one) => one.cluster === cluster).map(({ balancer }) => balancer.LoadBalancerArn);
    assert.deepEqual(made.map(({ arn }) => arn).sort(), led.sort(), `load balancers of ${name} that no API leads to`);
    await bindsNothing(await clusterOf(live, cluster), flavor);
  }
  return `${told.join(", ")}; no TargetGroupBinding of anybody's`;
}

/** What the controller of the app's cluster made for the app's Service. */
async function isOfService(live: Live, { app, cluster, balancer }: DeployedApi): Promise<void> {
  const { clusterTag, servicePrefix } = flavorIn(live, cluster);
  const { namespace, name } = balancedService(app);
  const service = new Ownership(
    clusterTag,
    clusterName(live.environment, cluster),
    servicePrefix,
    `${namespace}/${name}`,
  );
  const { LoadBalancerArn: arn = "" } = balancer;
  const arns = [arn, ...(await groupsOf(live, arn)).map(({ TargetGroupArn = "" }) => TargetGroupArn)];
  const tags = await tagsByArn(live, arns);
  for (const one of arns) {
    const found = tags.get(one) ?? {};
    assert.ok(service.owns(found), `${one} is not of Service ${namespace}/${name}: ${JSON.stringify(found)}`);
    assert.notEqual(found["workspace"], infra.name, one);
  }
}

/** Bindings are the controller's own, one for each target group that it made; the other controller's kind is not there. */
async function bindsNothing(kubernetes: KubernetesClient, flavor: Flavor): Promise<void> {
  const { items } = await kubernetes.list(flavor.bindings);
  for (const { metadata } of items)
    assert.ok(metadata.labels?.[`${flavor.servicePrefix}/stack-name`], `${metadata.name} is somebody's own binding`);
  for (const other of [INSTALLED, BUILT_IN].filter((one) => one !== flavor))
    await refuses(kubernetes.list(other.bindings), UNKNOWN_KIND);
}

/** The controller that makes the load balancers of Services in a cluster. @param cluster its short id */
function flavorIn({ environment }: Live, cluster: string): Flavor {
  const wanted = serviceLoadBalancerClass(environment, cluster);
  return BUILT_IN.loadBalancerClass === wanted ? BUILT_IN : INSTALLED;
}

/** A cluster as the platform's team sees it. @param cluster its short id */
async function clusterOf(live: Live, cluster: string): Promise<KubernetesClient> {
  const name = clusterName(live.environment, cluster);
  const found = (await live.clusters(k8sPlatform.team(live.environment))).get(name);
  assert.ok(found, `there is no log-in to ${name}`);
  return found;
}

/** A stack of the workspace made it: it has that stack's tags. */
function belongsTo({ environment }: Live, workspace: Workspace, what: string, tags: Tags = {}): void {
  const wanted = { environment: environment.name, workspace: workspace.name, team: workspace.team(environment) };
  const found = Object.fromEntries(Object.keys(wanted).map((key) => [key, tags[key]]));
  assert.deepEqual(found, wanted, `${what} is not ${workspace.name}'s`);
}
