import assert from "node:assert/strict";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeLoadBalancerAttributesCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { clusterName, clusterNames } from "@demarc/shared/environment";
import { kinds } from "../../controllers/kubernetes/kinds";
import { INSTALLED } from "../../controllers/load-balancer/kinds";
import type { TaggedLoadBalancer } from "../../controllers/load-balancer/load-balancers";
import { madeByControllers } from "../../inventory";
import { until } from "../looks";
import { runningServers } from "../programs";
import { access } from "./access";
import { clustersOf, platformOf } from "./deployed";
import { images } from "./images";
import { controllersLoadBalancers } from "./load-balancer";
import type { Live, Row } from "./row";
import { scaling } from "./scaling";

/** Production, which an environment is by what guards its load balancers: a web ACL. It has managed nodes, a bastion, and an own image. */
export const production: readonly Row[] = [
  { id: "S2.2", what: "what appeared with the apps: load balancers, their records, their web ACL", look: appeared },
  { id: "S3.1", what: "logs of the control plane", look: controlPlaneLogs },
  { id: "S3.2", what: "logs of the pods", look: podLogs },
  ...access,
  ...images,
  ...scaling,
];

/** Each team's load balancer, its records, and what guards it. */
async function appeared(live: Live): Promise<string> {
  const { environment } = live;
  const balancers = await until(() => balancersOfIngresses(live));
  for (const { arn } of balancers) {
    const { Attributes = [] } = await live.elb.send(
      new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }),
    );
    const on = Attributes.filter(({ Value }) => Value === "true").map(({ Key = "" }) => Key);
    assert.ok(on.includes("deletion_protection.enabled"), `${arn} may be deleted`);
    assert.ok(on.includes("routing.http.drop_invalid_header_fields.enabled"));
    const webAcl = await live.webAcls.of(arn);
    assert.match(webAcl ?? "none", new RegExp(`:regional/webacl/${environment.name}-apps/`));
  }
  const [cluster = ""] = Object.keys(environment.clusters);
  const of = { environment: environment.name, cluster: clusterName(environment, cluster), own: new Set<string>() };
  const records = (await madeByControllers(await runningServers(), of)).filter((one) => / A /.test(one));
  assert.notEqual(records.length, 0, "there are no records");
  return `${String(balancers.length)} load balancers (${balancers.map(({ tags }) => tags[`${INSTALLED.ingressPrefix}/stack`]).join(", ")}), protected, each with infra's web ACL; ${String(records.length)} records`;
}

/**
 * Load balancers of the environment's clusters, one for each Ingress class that an Ingress names.
 * @throws AssertionError where one is missing, or an Ingress does not know its address
 */
async function balancersOfIngresses(live: Live): Promise<TaggedLoadBalancer[]> {
  const { items } = await (await platformOf(live)).list(kinds.ingresses);
  const classes = new Set(items.map(({ spec }) => spec.ingressClassName));
  const found = await controllersLoadBalancers(live);
  assert.equal(
    found.length,
    classes.size,
    `${String(found.length)} load balancers for ${String(classes.size)} classes`,
  );
  for (const { metadata, status } of items)
    assert.notEqual(status?.loadBalancer?.ingress?.length ?? 0, 0, `Ingress ${metadata.name} has no address`);
  return found;
}

/** Every log that EKS has. */
async function controlPlaneLogs(live: Live): Promise<string> {
  const told: string[] = [];
  for (const { name = "", logging } of await clustersOf(live)) {
    const types = (logging?.clusterLogging ?? []).flatMap((one) => (one.enabled === true ? (one.types ?? []) : []));
    assert.deepEqual(types.toSorted(), ["api", "audit", "authenticator", "controllerManager", "scheduler"]);
    told.push(`${types.join(", ")} to ${await kept(live, `/aws/eks/${name}/cluster`)}`);
  }
  return told.join("; ");
}

async function podLogs(live: Live): Promise<string> {
  const { items } = await (await platformOf(live)).list(kinds.daemonSets);
  const bits = items.map(({ metadata }) => metadata.name).filter((name) => name.includes("fluent-bit"));
  assert.equal(bits.length, 1);
  const groups = await Promise.all(clusterNames(live.environment).map((name) => kept(live, `/demarc/${name}/pods`)));
  return `DaemonSet ${bits.join()} to ${groups.join(", ")}`;
}

/** A log group that is encrypted and ends its records. */
async function kept({ logs }: Live, logGroupNamePrefix: string): Promise<string> {
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
  const group = logGroups.find(({ logGroupName }) => logGroupName === logGroupNamePrefix);
  assert.match(group?.kmsKeyId ?? "no key", /:key\//);
  assert.ok((group?.retentionInDays ?? 0) > 0, `${logGroupNamePrefix} keeps its records for ever`);
  return `${logGroupNamePrefix} (${String(group?.retentionInDays)} days, encrypted)`;
}
