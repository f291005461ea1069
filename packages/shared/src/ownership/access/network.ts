import { arn } from "../../environment";
import { allow } from "../../iam";
import { type AccessByType, allowInRegion, here, pass } from "./access";

const of = (...kinds: readonly string[]): string[] => kinds.map((kind) => here("ec2", `${kind}/*`));

const tags = ["ec2:CreateTags", "ec2:DeleteTags"];

/** VPC, and what is in it. */
export const network: AccessByType = {
  aws_vpc: [
    allowInRegion(
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeVpcs",
    ),
    allow("ec2:DescribeVpcAttribute", "ec2:CreateVpc", "ec2:DeleteVpc", "ec2:ModifyVpcAttribute", ...tags).on(
      ...of("vpc"),
    ),
  ],
  aws_subnet: [
    allowInRegion("ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"),
    allow("ec2:CreateSubnet").on(...of("vpc", "subnet")),
    allow("ec2:DeleteSubnet", "ec2:ModifySubnetAttribute", ...tags).on(...of("subnet")),
  ],
  aws_internet_gateway: [
    allowInRegion("ec2:DescribeInternetGateways"),
    allow("ec2:AttachInternetGateway", "ec2:DetachInternetGateway").on(...of("internet-gateway", "vpc")),
    allow("ec2:CreateInternetGateway", "ec2:DeleteInternetGateway", ...tags).on(...of("internet-gateway")),
  ],
  aws_eip: [
    allowInRegion("ec2:DescribeAddresses", "ec2:DescribeAddressesAttribute"),
    allow("ec2:DisassociateAddress").on(...of("elastic-ip", "network-interface")),
    allow("ec2:AllocateAddress", "ec2:ReleaseAddress", ...tags).on(...of("elastic-ip")),
  ],
  aws_nat_gateway: [
    allowInRegion("ec2:DescribeNatGateways"),
    allow("ec2:CreateNatGateway").on(...of("elastic-ip", "natgateway", "subnet", "vpc")),
    allow("ec2:DeleteNatGateway", ...tags).on(...of("natgateway")),
  ],
  aws_route_table: [
    allowInRegion("ec2:DescribeRouteTables"),
    allow("ec2:CreateRouteTable").on(...of("route-table", "vpc")),
    allow("ec2:DeleteRouteTable", ...tags).on(...of("route-table")),
  ],
  aws_route: [
    allowInRegion("ec2:DescribeRouteTables"),
    allow("ec2:CreateRoute", "ec2:DeleteRoute", "ec2:ReplaceRoute").on(...of("route-table")),
  ],
  aws_route_table_association: [
    allowInRegion("ec2:DescribeRouteTables"),
    allow("ec2:AssociateRouteTable", "ec2:DisassociateRouteTable").on(...of("route-table", "subnet")),
  ],
  aws_default_security_group: [
    allowInRegion("ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups"),
    allow("ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress", ...tags).on(...of("security-group")),
  ],
  aws_security_group: [
    allowInRegion("ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups"),
    allow("ec2:CreateSecurityGroup").on(...of("security-group", "vpc")),
    allow("ec2:DeleteSecurityGroup", "ec2:RevokeSecurityGroupEgress", ...tags).on(...of("security-group")),
  ],
  aws_vpc_security_group_ingress_rule: [
    allowInRegion("ec2:DescribeSecurityGroupRules"),
    allow("ec2:AuthorizeSecurityGroupIngress", "ec2:ModifySecurityGroupRules", "ec2:RevokeSecurityGroupIngress").on(
      ...of("security-group", "security-group-rule"),
    ),
    allow(...tags).on(...of("security-group-rule")),
  ],
  aws_vpc_security_group_egress_rule: [
    allowInRegion("ec2:DescribeSecurityGroupRules"),
    allow("ec2:AuthorizeSecurityGroupEgress", "ec2:ModifySecurityGroupRules", "ec2:RevokeSecurityGroupEgress").on(
      ...of("security-group", "security-group-rule"),
    ),
    allow(...tags).on(...of("security-group-rule")),
  ],
  aws_vpc_endpoint: [
    allowInRegion("ec2:DescribePrefixLists", "ec2:DescribeVpcEndpoints"),
    allow("ec2:CreateVpcEndpoint", "ec2:ModifyVpcEndpoint").on(
      ...of("route-table", "security-group", "subnet", "vpc", "vpc-endpoint"),
    ),
    allow("ec2:DeleteVpcEndpoints", ...tags).on(...of("vpc-endpoint")),
  ],
  aws_flow_log: [
    allowInRegion("ec2:DescribeFlowLogs"),
    allow("ec2:CreateFlowLogs").on(...of("vpc", "vpc-flow-log")),
    allow("ec2:DeleteFlowLogs", ...tags).on(...of("vpc-flow-log")),
    pass("vpc-flow-logs.amazonaws.com"),
  ],
  aws_launch_template: [
    allowInRegion("ec2:DescribeLaunchTemplateVersions", "ec2:DescribeLaunchTemplates"),
    allow(
      "ec2:CreateLaunchTemplate",
      "ec2:CreateLaunchTemplateVersion",
      "ec2:DeleteLaunchTemplate",
      "ec2:ModifyLaunchTemplate",
      ...tags,
    ).on(...of("launch-template")),
  ],
  aws_instance: [
    allowInRegion(
      "ec2:DescribeImages",
      "ec2:DescribeInstanceCreditSpecifications",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeInstances",
      "ec2:DescribeTags",
      "ec2:DescribeVolumes",
      "ec2:DescribeVpcs",
    ),
    allow("ec2:RunInstances").on(
      arn({ account: "", region: "<region>" }, "ec2", "image/*"),
      ...of("instance", "network-interface", "security-group", "subnet", "volume"),
    ),
    allow(
      "ec2:DescribeInstanceAttribute",
      "ec2:ModifyInstanceAttribute",
      "ec2:ModifyInstanceMetadataOptions",
      "ec2:MonitorInstances",
      "ec2:StartInstances",
      "ec2:StopInstances",
      "ec2:TerminateInstances",
      "ec2:UnmonitorInstances",
    ).on(...of("instance")),
    allow(...tags).on(...of("instance", "volume")),
    pass("ec2.amazonaws.com"),
  ],
  "data.aws_availability_zones": [allowInRegion("ec2:DescribeAvailabilityZones")],
  "data.aws_ec2_instance_type": [allowInRegion("ec2:DescribeInstanceTypes")],
  "data.aws_subnet": [allowInRegion("ec2:DescribeSubnets")],
  "data.aws_vpc": [
    allowInRegion("ec2:DescribeRouteTables", "ec2:DescribeVpcs"),
    allow("ec2:DescribeVpcAttribute").on(...of("vpc")),
  ],
};
