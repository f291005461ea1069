import assert from "node:assert/strict";
import {
  DescribeNatGatewaysCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  type Subnet,
  type Vpc,
} from "@aws-sdk/client-ec2";
import type { Live } from "./row";

const INTERNAL = "kubernetes.io/role/internal-elb";

/** The environment's only VPC. */
export async function vpcOf({ ec2, environment }: Live): Promise<Vpc> {
  const { Vpcs = [] } = await ec2.send(
    new DescribeVpcsCommand({ Filters: [{ Name: "tag:environment", Values: [environment.name] }] }),
  );
  const [vpc, ...others] = Vpcs;
  assert.ok(vpc, "there is no VPC");
  assert.deepEqual(others, []);
  return vpc;
}

async function subnetsOf(live: Live): Promise<Subnet[]> {
  const { VpcId = "" } = await vpcOf(live);
  const { Subnets = [] } = await live.ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: "vpc-id", Values: [VpcId] }] }),
  );
  return Subnets;
}

/** Those with that tag, whose value is 1. */
function tagged(subnets: readonly Subnet[], tag: string): Subnet[] {
  return subnets.filter(({ Tags = [] }) => Tags.some(({ Key, Value }) => Key === tag && Value === "1"));
}

/** Ids of those that internal load balancers stand in. */
export async function internalSubnets(live: Live): Promise<string[]> {
  return tagged(await subnetsOf(live), INTERNAL).map(({ SubnetId = "" }) => SubnetId);
}

/** By these tags load balancers' subnets are found. */
export async function subnetTags(live: Live): Promise<string> {
  const subnets = await subnetsOf(live);
  const zonesOf = (tag: string) =>
    tagged(subnets, tag)
      .map(({ AvailabilityZone = "" }) => AvailabilityZone)
      .sort();
  const [inside, outside] = [zonesOf(INTERNAL), zonesOf("kubernetes.io/role/elb")];
  assert.ok(inside.length >= 2, "internal load balancers have less than two subnets");
  assert.deepEqual(new Set(inside), new Set(outside));
  return `internal-elb and elb in ${[...new Set(inside)].join(", ")}`;
}

/**
 * Zones, subnets, the way out and names, as S0 has them. Its VPC and zones can be had to the value; its subnets' ranges (public 10.1.0.0/24
 * and so on) cannot: infra computes a zone's ranges from the VPC's, so that a zone can be added, and adds a third kind for internal load
 * balancers. What is compared of the ranges is that they are told.
 */
export async function networkShape(live: Live): Promise<string> {
  const { VpcId = "", CidrBlock = "" } = await vpcOf(live);
  const subnets = await subnetsOf(live);
  const outside = tagged(subnets, "kubernetes.io/role/elb");
  const balancers = [...outside, ...tagged(subnets, INTERNAL)];
  const inside = subnets.filter((subnet) => !balancers.includes(subnet));
  const zonesOf = (of: readonly Subnet[]) => of.map(({ AvailabilityZone = "" }) => AvailabilityZone).sort();
  const zones = zonesOf(outside);
  assert.ok(zones.length >= 2, "there are less than two zones");
  assert.deepEqual(zonesOf(inside), zones);
  for (const Attribute of ["enableDnsSupport", "enableDnsHostnames"] as const) {
    const found = await live.ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute }));
    const { Value } = found[Attribute === "enableDnsSupport" ? "EnableDnsSupport" : "EnableDnsHostnames"] ?? {};
    assert.equal(Value, true, `${Attribute} is off`);
  }
  const vpc = [{ Name: "vpc-id", Values: [VpcId] }];
  const { NatGateways = [] } = await live.ec2.send(new DescribeNatGatewaysCommand({ Filter: vpc }));
  const open = NatGateways.filter(({ State }) => State === "available");
  assert.ok(open.length === 1 || open.length === zones.length, `${String(open.length)} NAT gateways`);
  const ranges = (of: readonly Subnet[]) => of.map(({ CidrBlock: range = "" }) => range).sort();
  return `${CidrBlock} in ${zones.join(", ")}: public ${ranges(outside).join(", ")}; private ${ranges(inside).join(", ")}; ${String(open.length)} NAT gateway, DNS on`;
}
