import {
  AddTagsCommand,
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeTagsCommand,
  type LoadBalancer,
  ModifyLoadBalancerAttributesCommand,
  paginateDescribeLoadBalancers,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
  type TagDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { unlessNotFound } from "../../load-balancers-gone";
import { type Aws, present, tagList, type Tags, tagsOf } from "./aws";
import type { Ownership } from "./ownership";
import type { LoadBalancerPlan } from "./plan";

/** How many ARNs DescribeTags takes. */
const TAGS_A_CALL = 20;

/** Tags of load balancers, target groups, listeners or rules, by ARN: none of what has gone meanwhile. */
export async function tagsByArn(aws: Pick<Aws, "elb">, arns: readonly string[]): Promise<Map<string, Tags>> {
  const tags = new Map<string, Tags>();
  for (let at = 0; at < arns.length; at += TAGS_A_CALL) {
    for (const { ResourceArn = "", Tags } of await describedTags(aws, arns.slice(at, at + TAGS_A_CALL)))
      tags.set(ResourceArn, tagsOf(Tags));
  }
  return tags;
}

/** One that has gone fails a call for all of them: then each is asked for by itself. */
async function describedTags(aws: Pick<Aws, "elb">, arns: readonly string[]): Promise<TagDescription[]> {
  const found = await unlessNotFound(aws.elb.send(new DescribeTagsCommand({ ResourceArns: [...arns] })));
  if (found !== undefined) return found.TagDescriptions ?? [];
  if (arns.length < 2) return [];
  return (await Promise.all(arns.map((arn) => describedTags(aws, [arn])))).flat();
}

/** A load balancer, and its tags. */
export interface TaggedLoadBalancer {
  readonly is: LoadBalancer;
  readonly arn: string;
  readonly tags: Tags;
}

/** All that there are, whosesoever. */
export async function allLoadBalancers(aws: Pick<Aws, "elb">): Promise<TaggedLoadBalancer[]> {
  const found: LoadBalancer[] = [];
  for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client: aws.elb }, {})) {
    found.push(...LoadBalancers);
  }
  const tags = await tagsByArn(
    aws,
    found.map(({ LoadBalancerArn = "" }) => LoadBalancerArn),
  );
  return found.map((is) => {
    const arn = present(is.LoadBalancerArn, "ARN of a load balancer");
    return { is, arn, tags: tags.get(arn) ?? {} };
  });
}

/** The load balancer of a stack, made or brought into line with its plan. One of another scheme or name is replaced. */
export async function ensureLoadBalancer(
  aws: Aws,
  ownership: Ownership,
  plan: LoadBalancerPlan,
  { subnets, securityGroups }: { readonly subnets: readonly string[]; readonly securityGroups: readonly string[] },
): Promise<{ readonly arn: string; readonly dnsName: string }> {
  const own = (await allLoadBalancers(aws)).filter(({ tags }) => ownership.owns(tags));
  const kept = own.find(
    ({ is }) => is.LoadBalancerName === plan.name && is.Scheme === plan.scheme && is.Type === plan.type,
  );
  for (const { arn } of own.filter((other) => other !== kept)) await deleteLoadBalancer(aws, arn);
  const tags = { ...plan.tags, ...ownership.tagsOf("LoadBalancer") };
  const is = kept?.is ?? (await createLoadBalancer(aws, plan, subnets, securityGroups, tags));
  const arn = present(is.LoadBalancerArn, "ARN of a load balancer");
  if (kept !== undefined) await updateLoadBalancer(aws, kept, { subnets, tags });
  await setSecurityGroups(aws, is, securityGroups, plan.rulesOnPrivateLink);
  await setAttributes(aws, arn, plan.attributes);
  return { arn, dnsName: present(is.DNSName, "DNS name of a load balancer") };
}

/**
 * With its listeners and their rules. Like the real controller (v3.5.0, pkg/deploy/elbv2/load_balancer_synthesizer.go) it switches off a
 * deletion protection that keeps it from that.
 */
export async function deleteLoadBalancer({ elb }: Aws, LoadBalancerArn: string): Promise<void> {
  const remove = () => elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
  try {
    await remove();
  } catch (fault) {
    if (!(fault instanceof Error) || !fault.name.startsWith("OperationNotPermitted")) throw fault;
    const Attributes = [{ Key: "deletion_protection.enabled", Value: "false" }];
    await elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
    await remove();
  }
}

async function createLoadBalancer(
  { elb }: Aws,
  { name, type, scheme }: LoadBalancerPlan,
  subnets: readonly string[],
  securityGroups: readonly string[],
  tags: Tags,
): Promise<LoadBalancer> {
  const { LoadBalancers = [] } = await elb.send(
    new CreateLoadBalancerCommand({
      Name: name,
      Type: type,
      Scheme: scheme,
      IpAddressType: "ipv4",
      Subnets: [...subnets],
      SecurityGroups: [...securityGroups],
      Tags: tagList(tags),
    }),
  );
  return present(LoadBalancers[0], "load balancer");
}

async function updateLoadBalancer(
  { elb }: Aws,
  { is, arn, tags: current }: TaggedLoadBalancer,
  wanted: { readonly subnets: readonly string[]; readonly tags: Tags },
): Promise<void> {
  const subnets = (is.AvailabilityZones ?? []).map(({ SubnetId = "" }) => SubnetId);
  if (!sameMembers(subnets, wanted.subnets)) {
    await elb.send(new SetSubnetsCommand({ LoadBalancerArn: arn, Subnets: [...wanted.subnets] }));
  }
  const missing = Object.entries(wanted.tags).filter(([key, value]) => current[key] !== value);
  if (missing.length > 0) {
    await elb.send(new AddTagsCommand({ ResourceArns: [arn], Tags: tagList(Object.fromEntries(missing)) }));
  }
}

/** A new one is asked too: CreateLoadBalancer does not take what holds for PrivateLink. */
async function setSecurityGroups(
  { elb }: Aws,
  is: LoadBalancer,
  wanted: readonly string[],
  rulesOnPrivateLink: LoadBalancerPlan["rulesOnPrivateLink"],
): Promise<void> {
  const { LoadBalancerArn, SecurityGroups = [], EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: held } = is;
  const isHeld = rulesOnPrivateLink === undefined || rulesOnPrivateLink === held;
  if (isHeld && sameMembers(SecurityGroups, wanted)) return;
  await elb.send(
    new SetSecurityGroupsCommand({
      LoadBalancerArn,
      SecurityGroups: [...wanted],
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: rulesOnPrivateLink,
    }),
  );
}

async function setAttributes({ elb }: Aws, arn: string, wanted: Readonly<Record<string, string>>): Promise<void> {
  if (Object.keys(wanted).length === 0) return;
  const { Attributes } = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }));
  const current = tagsOf(Attributes);
  const changes = Object.entries(wanted).filter(([key, value]) => current[key] !== value);
  if (changes.length === 0) return;
  await elb.send(
    new ModifyLoadBalancerAttributesCommand({
      LoadBalancerArn: arn,
      Attributes: changes.map(([Key, Value]) => ({ Key, Value })),
    }),
  );
}

function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((member) => other.includes(member));
}
