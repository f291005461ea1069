import type { VpcConfigRequest } from "@aws-sdk/client-eks";
import { contains, liesWithin, overlaps, parseCidr, cidr } from "../cidr";
import type { Context } from "../context";

/** Blocks that EKS takes no Kubernetes service addresses outside of: RFC 1918. */
const PRIVATE_BLOCKS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Blocks that EKS lets nobody open a public endpoint to: they are never a source on the internet (RFC 6890). */
const RESERVED_BLOCKS = [
  ...PRIVATE_BLOCKS,
  "0.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "192.0.2.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
];

/** The VPC that a cluster is in, undefined when its subnets name none, and what is wrong with those subnets and groups. */
export interface VpcFindings {
  readonly vpcId: string | undefined;
  readonly problems: readonly string[];
}

/** Looks subnets and security groups up in the local AWS: they exist, in one VPC, in two zones at least. */
export async function findVpc(
  { account }: Context,
  { subnetIds = [], securityGroupIds = [] }: VpcConfigRequest,
): Promise<VpcFindings> {
  const subnets = await account.network.subnets(subnetIds);
  const found = new Set(subnets.map(({ id }) => id));
  const [vpcId, ...others] = new Set(subnets.map((subnet) => subnet.vpcId));
  const problems = subnetIds.filter((id) => !found.has(id)).map((id) => `The subnet ${id} could not be found.`);
  if (others.length > 0) problems.push(`Subnets must be in one VPC; these are in ${[vpcId, ...others].join(", ")}.`);
  if (problems.length === 0 && new Set(subnets.map(({ zone }) => zone)).size < 2) {
    problems.push("Subnets specified must be in at least two different AZs.");
  }
  if (vpcId !== undefined) {
    const groups = await account.network.securityGroups(securityGroupIds, vpcId);
    const missing = securityGroupIds.filter((id) => !groups.includes(id));
    problems.push(...missing.map((id) => `The security group ${id} could not be found in ${vpcId}.`));
  }
  return { vpcId, problems };
}

/** What is wrong with who may reach the API server. */
export function endpointProblems({
  endpointPublicAccess,
  endpointPrivateAccess,
  publicAccessCidrs = [],
}: VpcConfigRequest) {
  const problems: string[] = [];
  if (endpointPublicAccess === false && endpointPrivateAccess !== true) {
    problems.push("Private and public endpoint access cannot be false.");
  }
  const malformed = publicAccessCidrs.filter((block) => !parseCidr(block));
  if (malformed.length > 0)
    problems.push(`The following CIDRs are invalid in publicAccessCidrs: [${malformed.join(", ")}]`);
  const reserved = publicAccessCidrs.filter((block) => liesWithin(block, RESERVED_BLOCKS));
  if (reserved.length > 0) {
    problems.push(`The following CIDRs are not allowed in publicAccessCidrs: [${reserved.join(", ")}]`);
  }
  return problems;
}

/** What is wrong with the block of Kubernetes service addresses, in a VPC of these blocks. */
export function serviceCidrProblems(serviceCidr: string | undefined, vpcCidrs: readonly string[]): string[] {
  if (serviceCidr === undefined) return [];
  const block = parseCidr(serviceCidr);
  const isAllowed =
    block && block.prefix >= 12 && block.prefix <= 24 && PRIVATE_BLOCKS.some((outer) => contains(cidr(outer), block));
  if (!isAllowed) {
    return [`serviceIpv4Cidr ${serviceCidr} must be a block of /12 to /24 within ${PRIVATE_BLOCKS.join(", ")}.`];
  }
  const clash = vpcCidrs.find((vpc) => overlaps(cidr(vpc), block));
  return clash === undefined ? [] : [`serviceIpv4Cidr ${serviceCidr} must not overlap the VPC's ${clash}.`];
}

/** The block EKS takes when it is asked for none: the one of its two that is not the VPC's neighbour. */
export function defaultServiceCidr(vpcCidrs: readonly string[]): string {
  return vpcCidrs.some((block) => liesWithin(block, ["10.0.0.0/8"])) ? "172.20.0.0/16" : "10.100.0.0/16";
}

/** Who may reach a public endpoint: what was asked for, else everyone; nobody when there is none. */
export function publicCidrs(asked: readonly string[] | undefined, isPublic: boolean): string[] {
  if (asked !== undefined && asked.length > 0) return [...asked];
  return isPublic ? ["0.0.0.0/0"] : [];
}
