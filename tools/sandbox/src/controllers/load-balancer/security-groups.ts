import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroup,
} from "@aws-sdk/client-ec2";
import { type Aws, present, tagList, type Tags } from "./aws";

/** One rule: from one peer to one range of ports. */
export interface SecurityRule {
  readonly protocol: "tcp" | "udp";
  readonly from: number;
  readonly to: number;
  readonly peer: { readonly cidr: string } | { readonly groupId: string };
}

/** The group of these tags, or undefined. */
async function findSecurityGroup({ ec2, vpcId }: Aws, tags: Tags): Promise<SecurityGroup | undefined> {
  const Filters = [
    { Name: "vpc-id", Values: [vpcId] },
    ...Object.entries(tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] })),
  ];
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  return SecurityGroups[0];
}

/** The group of these tags, made if it is not there. @returns its id @param tags those that it is found by @param more further ones of a new group */
export async function ensureSecurityGroup(
  aws: Aws,
  group: { readonly name: string; readonly description: string },
  tags: Tags,
  more: Tags,
): Promise<string> {
  const found = await findSecurityGroup(aws, tags);
  if (found?.GroupId !== undefined) return found.GroupId;
  const { GroupId } = await aws.ec2.send(
    new CreateSecurityGroupCommand({
      VpcId: aws.vpcId,
      GroupName: group.name,
      Description: group.description,
      TagSpecifications: [{ ResourceType: "security-group", Tags: tagList({ ...more, ...tags }) }],
    }),
  );
  return present(GroupId, "security group");
}

export async function deleteSecurityGroup(aws: Aws, tags: Tags): Promise<void> {
  const found = await findSecurityGroup(aws, tags);
  if (found !== undefined) await aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId: found.GroupId }));
}

/**
 * Brings the inbound rules of a description into line; those of others are left alone.
 *
 * @param description of the rules; empty for a group that is the controller's own
 */
export async function setInboundRules(
  { ec2 }: Aws,
  groupId: string,
  wanted: readonly SecurityRule[],
  description = "",
): Promise<void> {
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }));
  const present = (SecurityGroups[0]?.IpPermissions ?? []).flatMap((permission) => rulesOf(permission, description));
  const missing = without(wanted, present);
  const extra = without(present, wanted);
  const asked = (rules: readonly SecurityRule[]) => ({
    GroupId: groupId,
    IpPermissions: rules.map((rule) => permissionOf(rule, description)),
  });
  if (extra.length > 0) await ec2.send(new RevokeSecurityGroupIngressCommand(asked(extra)));
  if (missing.length > 0) await ec2.send(new AuthorizeSecurityGroupIngressCommand(asked(missing)));
}

function without(rules: readonly SecurityRule[], others: readonly SecurityRule[]): SecurityRule[] {
  const known = new Set(others.map(keyOf));
  return [...new Map(rules.map((rule) => [keyOf(rule), rule])).values()].filter((rule) => !known.has(keyOf(rule)));
}

function keyOf({ protocol, from, to, peer }: SecurityRule): string {
  return [protocol, from, to, "cidr" in peer ? peer.cidr : peer.groupId].join(" ");
}

function rulesOf({ IpProtocol, FromPort = 0, ToPort = 65_535, ...peers }: IpPermission, description: string) {
  const protocol = IpProtocol === "udp" ? ("udp" as const) : ("tcp" as const);
  const range = { protocol, from: FromPort, to: ToPort };
  const ours = (rule: { Description?: string | undefined }) => (rule.Description ?? "") === description;
  return [
    ...(peers.IpRanges ?? []).filter(ours).map(({ CidrIp = "" }) => ({ ...range, peer: { cidr: CidrIp } })),
    ...(peers.UserIdGroupPairs ?? [])
      .filter(ours)
      .map(({ GroupId = "" }) => ({ ...range, peer: { groupId: GroupId } })),
  ];
}

function permissionOf({ protocol, from, to, peer }: SecurityRule, description: string): IpPermission {
  const about = description === "" ? {} : { Description: description };
  const peers =
    "cidr" in peer
      ? { IpRanges: [{ CidrIp: peer.cidr, ...about }] }
      : { UserIdGroupPairs: [{ GroupId: peer.groupId, ...about }] };
  return { IpProtocol: protocol, FromPort: from, ToPort: to, ...peers };
}
