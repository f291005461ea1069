import assert from "node:assert/strict";
import { DescribeListenersCommand, DescribeLoadBalancersCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { z } from "zod";
import type { Servers } from "../../local-aws/servers";
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
    webAcl: await webAclOf(servers, arn),
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

const answer = z.object({ WebACL: z.object({ ARN: z.string() }) });

/** AWS WAF's SDK would be here for one call: what the local AWS is asked need not be signed. */
async function webAclOf({ awsUrl, region }: Servers, ResourceArn: string): Promise<string> {
  const scope = `sandbox/20260101/${region}/wafv2/aws4_request`;
  const found = await fetch(awsUrl, {
    method: "POST",
    body: JSON.stringify({ ResourceArn }),
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSWAF_20190729.GetWebACLForResource",
    },
  });
  const said = await found.text();
  assert.equal(found.status, 200, said);
  return answer.parse(JSON.parse(said)).WebACL.ARN;
}
