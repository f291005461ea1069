import assert from "node:assert/strict";
import { DescribeListenersCommand, DescribeTagsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { targetGroupOf } from "@demarc/shared/apps";
import { k8sPlatform } from "@demarc/shared/workspace";
import { ApiError } from "@demarc/deploy/kubernetes";
import { kinds } from "../../controllers/kubernetes/kinds";
import { BUILT_IN, INSTALLED } from "../../controllers/load-balancer/kinds";
import { appsBehind, groupsOf, loadBalancer } from "./load-balancer";
import type { Live, Row } from "./row";
import { attachmentsStay, shift } from "./shift";
import { networkShape } from "./subnets";

/** Tags by which a controller in a cluster knows what it may change and delete. */
const CONTROLLERS_TAGS = [INSTALLED.clusterTag, BUILT_IN.clusterTag];

/** Types of Services that open a port to the outside. */
const OUTWARD = ["LoadBalancer", "NodePort"];

/** infra owns the load balancer, of whatever type, and pods only bind to it. */
export const boundPods: readonly Row[] = [
  { id: "S0.4", what: "what the apps own: bindings alone", look: bindingsAlone },
  { id: "S0.11", what: "a team binds to another one's target group", look: foreignBinding },
];

/** That load balancer is an ALB (`target-group-binding`). */
export const infraLoadBalancer: readonly Row[] = [
  { id: "S0.1", what: "VPC, subnets, the way out and names", look: networkShape },
  { id: "S0.3", what: "listeners of infra's load balancer, and whose it is", look: listeners },
  { id: "S0.7", what: "target groups, by what the apps registered", look: targetGroups },
  // The last: a token of a cluster is good for some minutes, and this takes as many.
  { id: "S0.6", what: "requests go from one cluster to the other and back", look: shift },
  { id: "S0.2, S0.5", what: "attachments, after clusters and an app are changed", look: attachmentsStay },
];

async function listeners(live: Live): Promise<string> {
  const balancer = await loadBalancer(live);
  const { Listeners = [] } = await live.elb.send(new DescribeListenersCommand({ LoadBalancerArn: balancer }));
  const told = Listeners.map(({ Port, Protocol, Certificates = [], DefaultActions = [] }) => {
    const { Type, RedirectConfig: to } = DefaultActions[0] ?? {};
    if (Protocol === "HTTPS") assert.equal(Certificates.length, 1);
    else assert.equal(`${String(Type)} ${String(to?.Protocol)} ${String(to?.StatusCode)}`, "redirect HTTPS HTTP_301");
    return `${String(Protocol)} ${String(Port)}`;
  });
  assert.deepEqual(told.sort(), ["HTTP 80", "HTTPS 443"]);
  const groups = (await groupsOf(live, balancer)).map(({ TargetGroupArn = "" }) => TargetGroupArn);
  const { TagDescriptions = [] } = await live.elb.send(
    new DescribeTagsCommand({ ResourceArns: [balancer, ...groups] }),
  );
  const tags = TagDescriptions.flatMap(({ Tags = [] }) => Tags.map(({ Key = "" }) => Key));
  assert.deepEqual(
    tags.filter((tag) => CONTROLLERS_TAGS.includes(tag)),
    [],
  );
  return `${told.join(", ")}, which redirects; no controller's tag on ${String(groups.length + 1)} resources`;
}

/** Each app's registration, for each target group in each cluster. */
async function targetGroups(live: Live): Promise<string> {
  const found = await groupsOf(live, await loadBalancer(live));
  const told = found.map((group) =>
    JSON.stringify([
      ...[group.TargetType, group.Protocol, group.HealthCheckPath, group.Matcher?.HttpCode],
      ...[group.HealthCheckIntervalSeconds, group.HealthCheckTimeoutSeconds],
      ...[group.HealthyThresholdCount, group.UnhealthyThresholdCount],
    ]),
  );
  const wanted = appsBehind(live).flatMap((app) => {
    const { health } = targetGroupOf(app);
    const own = JSON.stringify([
      ...["ip", "HTTP", health.path, health.codes, health.intervalSeconds, health.timeoutSeconds],
      ...[health.healthyThreshold, health.unhealthyThreshold],
    ]);
    return Object.keys(live.environment.clusters).flatMap(() => app.hostnames.map(() => own));
  });
  assert.deepEqual(told.sort(), wanted.sort());
  return `${String(found.length)} target groups of type ip, as registered`;
}

async function bindingsAlone(live: Live): Promise<string> {
  const groups = (await groupsOf(live, await loadBalancer(live))).map(({ TargetGroupArn = "" }) => TargetGroupArn);
  const bound: string[] = [];
  for (const kubernetes of (await live.clusters(k8sPlatform.team(live.environment))).values()) {
    const { items: bindings } = await kubernetes.list(INSTALLED.bindings);
    bound.push(...bindings.map(({ spec }) => spec.targetGroupARN ?? ""));
    assert.deepEqual((await kubernetes.list(kinds.ingresses)).items, []);
    const { items: services } = await kubernetes.list(kinds.services);
    assert.deepEqual(
      services.filter(({ spec }) => OUTWARD.includes(spec.type ?? "")).map(({ metadata }) => metadata.name),
      [],
    );
  }
  assert.deepEqual(bound.sort(), groups.sort());
  return `${String(bound.length)} bindings, one for each target group; no Ingress, no Service that lets anybody in`;
}

/** Each team whose app is bound tries to bind to the target group of another team's. */
async function foreignBinding(live: Live): Promise<string> {
  let refused = 0;
  for (const [cluster, platform] of await live.clusters(k8sPlatform.team(live.environment))) {
    const { items } = await platform.list(INSTALLED.bindings);
    for (const { metadata, spec } of items) {
      const { namespace = "" } = metadata;
      const foreign = items.find((other) => other.metadata.namespace !== namespace);
      const team = (await live.clusters(namespace)).get(cluster);
      assert.ok(foreign && team, `${namespace} has nobody beside it in ${cluster}`);
      const binding = {
        metadata: { name: "foreign", namespace },
        spec: { ...spec, targetGroupARN: foreign.spec.targetGroupARN },
      };
      const fault: unknown = await team.create(INSTALLED.bindings, binding).catch((error: unknown) => error);
      assert.ok(fault instanceof ApiError, `${namespace} is let in to what is ${String(foreign.metadata.namespace)}'s`);
      assert.match(fault.message, /must be a target group of a host name of this team/);
      refused += 1;
    }
  }
  assert.notEqual(refused, 0);
  return `refused by admission, ${String(refused)} times`;
}
