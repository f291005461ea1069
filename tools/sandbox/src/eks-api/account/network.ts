import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  type EC2Client,
  type Filter,
  type IpPermission,
  type RouteTable,
} from "@aws-sdk/client-ec2";
import { randomUUID } from "node:crypto";

export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  /** Availability zone, e.g. ap-northeast-1a. */
  readonly zone: string;
  /** Its IPv4 block, e.g. 10.1.0.0/20. */
  readonly cidr: string;
}

/** A rule of a security group. */
export interface GroupRule {
  /** tcp, udp, or -1 for all. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** Ids of the groups on the other side. */
  readonly groups: readonly string[];
  /** IPv4 ranges on the other side. */
  readonly cidrs: readonly string[];
}

/** What a security group lets in and out. */
export interface SecurityGroupRules {
  readonly id: string;
  readonly ingress: readonly GroupRule[];
  readonly egress: readonly GroupRule[];
}

/** Subnets, security groups and routes of the local AWS. */
export class Network {
  constructor(private readonly ec2: EC2Client) {}

  /** Those of `ids` that exist, in no order. */
  async subnets(ids: readonly string[]): Promise<Subnet[]> {
    const answer = await this.ec2.send(new DescribeSubnetsCommand({ Filters: [among("subnet-id", ids)] }));
    return (answer.Subnets ?? []).map(({ SubnetId = "", VpcId = "", AvailabilityZone = "", CidrBlock = "" }) => ({
      id: SubnetId,
      vpcId: VpcId,
      zone: AvailabilityZone,
      cidr: CidrBlock,
    }));
  }

  /** Ids of those security groups that exist in a VPC. */
  async securityGroups(ids: readonly string[], vpcId: string): Promise<string[]> {
    if (ids.length === 0) return [];
    const filters = [among("group-id", ids), among("vpc-id", [vpcId])];
    const answer = await this.ec2.send(new DescribeSecurityGroupsCommand({ Filters: filters }));
    return (answer.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []);
  }

  /** Rules of those groups that exist. */
  async securityGroupRules(ids: readonly string[]): Promise<SecurityGroupRules[]> {
    const answer = await this.ec2.send(new DescribeSecurityGroupsCommand({ Filters: [among("group-id", ids)] }));
    return (answer.SecurityGroups ?? []).map(({ GroupId = "", IpPermissions = [], IpPermissionsEgress = [] }) => ({
      id: GroupId,
      ingress: IpPermissions.map(ruleOf),
      egress: IpPermissionsEgress.map(ruleOf),
    }));
  }

  /** IPv4 CIDR blocks of a VPC. */
  async vpcCidrs(vpcId: string): Promise<string[]> {
    const answer = await this.ec2.send(new DescribeVpcsCommand({ Filters: [among("vpc-id", [vpcId])] }));
    return (answer.Vpcs ?? [])
      .flatMap(({ CidrBlock, CidrBlockAssociationSet = [] }) => [
        CidrBlock,
        ...CidrBlockAssociationSet.map((association) => association.CidrBlock),
      ])
      .filter((block) => block !== undefined);
  }

  /** Those of a VPC's `ids` whose traffic can leave through an internet gateway. */
  async publicSubnets(ids: readonly string[], vpcId: string): Promise<string[]> {
    const answer = await this.ec2.send(new DescribeRouteTablesCommand({ Filters: [among("vpc-id", [vpcId])] }));
    const tables = answer.RouteTables ?? [];
    const main = tables.find((table) => table.Associations?.some((association) => association.Main));
    return ids.filter((id) => {
      const own = tables.find((table) => table.Associations?.some((association) => association.SubnetId === id));
      return leadsToInternetGateway(own ?? main);
    });
  }

  /** Makes the security group that EKS puts on a cluster's network interfaces and nodes. Answers its id. */
  async createClusterSecurityGroup(clusterName: string, vpcId: string): Promise<string> {
    const name = `eks-cluster-sg-${clusterName}-${randomUUID().slice(0, 8)}`;
    const tags = { Name: name, [`kubernetes.io/cluster/${clusterName}`]: "owned", "aws:eks:cluster-name": clusterName };
    const { GroupId } = await this.ec2.send(
      new CreateSecurityGroupCommand({
        GroupName: name,
        VpcId: vpcId,
        Description:
          "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.",
        TagSpecifications: [
          { ResourceType: "security-group", Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
        ],
      }),
    );
    if (GroupId === undefined) throw new Error(`the local AWS made security group ${name} without an id`);
    const fromItself = { IpProtocol: "-1", UserIdGroupPairs: [{ GroupId }] };
    await this.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [fromItself] }));
    return GroupId;
  }

  async deleteSecurityGroup(id: string): Promise<void> {
    await this.ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }));
  }
}

function ruleOf({ IpProtocol = "", FromPort = 0, ToPort = 65_535, ...peers }: IpPermission): GroupRule {
  return {
    ...{ protocol: IpProtocol, from: FromPort, to: ToPort },
    groups: (peers.UserIdGroupPairs ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    cidrs: (peers.IpRanges ?? []).flatMap(({ CidrIp }) => CidrIp ?? []),
  };
}

function among(name: string, values: readonly string[]): Filter {
  return { Name: name, Values: [...values] };
}

function leadsToInternetGateway(table: RouteTable | undefined): boolean {
  return table?.Routes?.some((route) => route.GatewayId?.startsWith("igw-") ?? false) ?? false;
}
