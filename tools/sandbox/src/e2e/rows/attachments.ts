import assert from "node:assert/strict";
import { DescribeListenersCommand, DescribeLoadBalancersCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { recordsOf, zoneOf } from "../records";
import { loadBalancer } from "./load-balancer";
import type { Live } from "./row";

/** What is attached to infra's load balancer. */
export interface Attachments {
  /** ARN of the web ACL. */
  readonly webAcl: string;
  /** Ids of its security groups. */
  readonly securityGroups: readonly string[];
  /** ARNs of its listeners' certificates. */
  readonly certificates: readonly string[];
  /** Names of the records that lead to it. */
  readonly records: readonly string[];
}

/** @throws AssertionError where one of them is missing altogether */
export async function attachmentsOf(live: Live): Promise<Attachments> {
  const { elb, environment, servers } = live;
  const arn = await loadBalancer(live);
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }));
  const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn: arn }));
  const records = await recordsOf(servers, await zoneOf(servers, environment.domain));
  const names = LoadBalancers.flatMap(({ DNSName = "" }) => DNSName);
  const attached = {
    webAcl: (await live.webAcls.of(arn)) ?? "",
    securityGroups: LoadBalancers.flatMap(({ SecurityGroups = [] }) => SecurityGroups).sort(),
    certificates: Listeners.flatMap(({ Certificates = [] }) =>
      Certificates.map((one) => one.CertificateArn ?? ""),
    ).sort(),
    records: records
      .filter(({ alias = "" }) => names.includes(alias))
      .map(({ name }) => name)
      .sort(),
  };
  for (const [what, found] of Object.entries(attached)) assert.notEqual(found.length, 0, `it has no ${what}`);
  return attached;
}
