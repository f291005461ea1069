import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DescribeTargetGroupAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  paginateDescribeTargetGroups,
  type TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { type Aws, present, tagList, type Tags, tagsOf } from "./aws";
import { tagsByArn } from "./load-balancers";
import type { Ownership } from "./ownership";
import type { HealthCheckPlan, LoadBalancerPlan, TargetGroupPlan } from "./plan";

/** A target group of a stack. */
export interface OwnTargetGroup {
  readonly arn: string;
  readonly name: string;
}

export async function ownTargetGroups(aws: Aws, ownership: Ownership): Promise<OwnTargetGroup[]> {
  const found: TargetGroup[] = [];
  for await (const { TargetGroups = [] } of paginateDescribeTargetGroups({ client: aws.elb }, {})) {
    found.push(...TargetGroups);
  }
  const arns = found.map(({ TargetGroupArn = "" }) => TargetGroupArn);
  const tags = await tagsByArn(aws, arns);
  return found
    .map(({ TargetGroupArn: arn = "", TargetGroupName: name = "" }) => ({ arn, name }))
    .filter(({ arn }) => ownership.owns(tags.get(arn) ?? {}));
}

/** The target groups of a plan, made or brought into line. @returns their ARNs by name */
export async function ensureTargetGroups(
  aws: Aws,
  ownership: Ownership,
  { targetGroups, tags }: LoadBalancerPlan,
): Promise<Map<string, string>> {
  const own = await ownTargetGroups(aws, ownership);
  const arns = new Map<string, string>();
  for (const plan of targetGroups) {
    const found = own.find(({ name }) => name === plan.name)?.arn;
    const arn = found ?? (await createTargetGroup(aws, plan, { ...tags, ...ownership.tagsOf(plan.resource) }));
    if (found !== undefined) {
      await aws.elb.send(new ModifyTargetGroupCommand({ TargetGroupArn: found, ...healthCheckOf(plan.healthCheck) }));
    }
    await setAttributes(aws, arn, plan.attributes);
    arns.set(plan.name, arn);
  }
  return arns;
}

export async function deleteTargetGroup({ elb }: Aws, arn: string): Promise<void> {
  await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }));
}

async function createTargetGroup({ elb, vpcId }: Aws, plan: TargetGroupPlan, tags: Tags): Promise<string> {
  const { TargetGroups = [] } = await elb.send(
    new CreateTargetGroupCommand({
      Name: plan.name,
      TargetType: "ip",
      Protocol: plan.protocol,
      Port: plan.port,
      VpcId: vpcId,
      ...healthCheckOf(plan.healthCheck),
      Tags: tagList(tags),
    }),
  );
  return present(TargetGroups[0]?.TargetGroupArn, "target group");
}

function healthCheckOf(plan: HealthCheckPlan) {
  return {
    HealthCheckEnabled: true,
    HealthCheckProtocol: plan.protocol,
    HealthCheckPort: plan.port,
    ...(plan.path === undefined ? {} : { HealthCheckPath: plan.path }),
    ...(plan.codes === undefined ? {} : { Matcher: { HttpCode: plan.codes } }),
    HealthCheckIntervalSeconds: plan.interval,
    HealthCheckTimeoutSeconds: plan.timeout,
    HealthyThresholdCount: plan.healthyAfter,
    UnhealthyThresholdCount: plan.unhealthyAfter,
  };
}

async function setAttributes({ elb }: Aws, arn: string, wanted: Readonly<Record<string, string>>): Promise<void> {
  if (Object.keys(wanted).length === 0) return;
  const { Attributes } = await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn }));
  const current = tagsOf(Attributes);
  const changes = Object.entries(wanted).filter(([key, value]) => current[key] !== value);
  if (changes.length === 0) return;
  await elb.send(
    new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: arn,
      Attributes: changes.map(([Key, Value]) => ({ Key, Value })),
    }),
  );
}
