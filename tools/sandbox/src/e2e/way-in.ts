import assert from "node:assert/strict";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  type ElasticLoadBalancingV2Client,
  type Rule,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Servers } from "../local-aws/servers";
import { isHealthy } from "./looks";
import { ASTERISK, type DnsRecord, recordsOf } from "./records";

/** What a request to a host name meets on its way. */
export interface WayIn {
  readonly servers: Servers;
  readonly elb: ElasticLoadBalancingV2Client;
  /** Id of the environment's hosted zone. */
  readonly zoneId: string;
  /** Whole host names of the apps. */
  readonly hosts: readonly string[];
}

/**
 * Looks whether each host name has a record that gets requests, and whether each such record leads to a load balancer that is there and has
 * a healthy target for it in each group that gets a share of its requests.
 * @param supposed what the zone might have. @default what it has
 * @throws AssertionError at the first one that does not
 */
export async function leadsIn(way: WayIn, supposed?: readonly DnsRecord[]): Promise<void> {
  const records = supposed ?? (await recordsOf(way.servers, way.zoneId));
  for (const host of way.hosts) {
    const asked = requested(records, host);
    assert.notEqual(asked.length, 0, `no record of ${host} gets requests`);
    for (const { setIdentifier = "", alias = "" } of asked)
      assert.ok(
        await reaches(way.elb, alias, host),
        `${setIdentifier} of ${host} leads to no healthy target: ${alias}`,
      );
  }
}

/** Route 53 answers with these: a wildcard's where the name has no record of its own, of whatever type. */
export function requested(records: readonly DnsRecord[], host: string): DnsRecord[] {
  const exact = records.filter(({ name }) => name === host);
  const wildcard = `${ASTERISK}${host.slice(host.indexOf("."))}`;
  const of = exact.length > 0 ? exact : records.filter(({ name }) => name === wildcard);
  return of.filter(({ type, weight = 0 }) => type === "A" && weight > 0);
}

async function reaches(elb: ElasticLoadBalancingV2Client, dnsName: string, host: string): Promise<boolean> {
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  // ExternalDNS may put `dualstack.` before it: the same load balancer, by both kinds of addresses.
  const found = LoadBalancers.find(({ DNSName = "" }) => [DNSName, `dualstack.${DNSName}`].includes(dnsName));
  if (found === undefined) return false;
  const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn: found.LoadBalancerArn }));
  const https = Listeners.filter(({ Protocol }) => Protocol === "HTTPS");
  const rules = await Promise.all(https.map(({ ListenerArn }) => elb.send(new DescribeRulesCommand({ ListenerArn }))));
  const groups = rules.flatMap(({ Rules = [] }) => Rules.filter((rule) => isOf(rule, host)).flatMap(groupsOf));
  // A share of the requests goes to each group, whether it has targets or not.
  return groups.length > 0 && (await Promise.all(groups.map((arn) => isHealthy(elb, arn)))).every(Boolean);
}

function isOf({ Conditions = [] }: Rule, host: string): boolean {
  return Conditions.some(({ HostHeaderConfig, Values = [] }) =>
    (HostHeaderConfig?.Values ?? Values).some((name) => takes(name, host)),
  );
}

/** Whether a rule's host name, which may be a wildcard, takes a request's. */
function takes(name: string, host: string): boolean {
  return name === host || (name.startsWith("*.") && host.endsWith(name.slice(1)));
}

/** Those that get requests. */
function groupsOf({ Actions = [] }: Rule): string[] {
  return Actions.flatMap(({ TargetGroupArn, ForwardConfig }) => {
    const weighted = (ForwardConfig?.TargetGroups ?? []).filter(({ Weight = 1 }) => Weight > 0);
    return [TargetGroupArn, ...weighted.map((group) => group.TargetGroupArn)].flatMap((arn) => arn ?? []);
  });
}
