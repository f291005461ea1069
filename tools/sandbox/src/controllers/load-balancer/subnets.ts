import { DescribeSubnetsCommand, type Filter, type Subnet } from "@aws-sdk/client-ec2";
import { type Aws, tagsOf } from "./aws";
import { type LoadBalancerPlan, type SubnetChoice, UnbuildableModel } from "./plan";

/** Tag of the subnets that are meant for load balancers of a scheme. */
const ROLE_TAG = { internal: "kubernetes.io/role/internal-elb", "internet-facing": "kubernetes.io/role/elb" } as const;

/** How many zones a load balancer must be in. */
const LEAST_ZONES = { application: 2, network: 1 } as const;

/**
 * Ids of the subnets of a load balancer, one a zone.
 *
 * By role, only tagged subnets count: the real controller falls back to guessing from route tables, which hides a missing tag
 * until there are subnets of more than one purpose.
 *
 * @throws UnbuildableModel where too few fit
 */
export async function findSubnets(
  { ec2, vpcId }: Aws,
  cluster: string,
  { subnets: choice, scheme, type }: Pick<LoadBalancerPlan, "subnets" | "scheme" | "type">,
): Promise<string[]> {
  const role = ROLE_TAG[scheme];
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters: filtersOf(choice, role, vpcId) }));
  const usable = choice.by === "id" ? named(choice.ids, Subnets) : onePerZone(Subnets, cluster);
  const zones = new Set(usable.map(({ AvailabilityZone }) => AvailabilityZone)).size;
  if (usable.length === 0) {
    const tag = choice.by === "role" ? ` (${Subnets.length} match VPC and tags: [${role}])` : "";
    throw new UnbuildableModel(`couldn't auto-discover subnets: unable to resolve at least one subnet${tag}`);
  }
  if (zones < LEAST_ZONES[type]) {
    throw new UnbuildableModel(
      `subnets in ${zones} zone${zones === 1 ? "" : "s"}: at least ${LEAST_ZONES[type]} are needed`,
    );
  }
  return usable.map(({ SubnetId = "" }) => SubnetId);
}

function filtersOf(choice: SubnetChoice, role: string, vpcId: string): Filter[] {
  const inVpc = { Name: "vpc-id", Values: [vpcId] };
  if (choice.by === "role") return [inVpc, { Name: `tag:${role}`, Values: ["", "1"] }];
  if (choice.by === "id") return [inVpc];
  return [inVpc, ...Object.entries(choice.tags).map(([key, values]) => ({ Name: `tag:${key}`, Values: [...values] }))];
}

/** @throws UnbuildableModel where one is not in the VPC */
function named(idsOrNames: readonly string[], subnets: readonly Subnet[]): Subnet[] {
  return idsOrNames.map((wanted) => {
    const found = subnets.find(({ SubnetId, Tags }) => SubnetId === wanted || tagsOf(Tags)["Name"] === wanted);
    if (found === undefined) throw new UnbuildableModel(`subnet ${wanted} was not found in the cluster's VPC`);
    return found;
  });
}

/** The first of each zone by id; one that is another cluster's alone is left out. */
function onePerZone(subnets: readonly Subnet[], cluster: string): Subnet[] {
  const byZone = new Map<string, Subnet>();
  for (const subnet of [...subnets].sort((one, other) => ((one.SubnetId ?? "") < (other.SubnetId ?? "") ? -1 : 1))) {
    const owners = Object.keys(tagsOf(subnet.Tags)).filter((key) => key.startsWith("kubernetes.io/cluster/"));
    if (owners.length > 0 && !owners.includes(`kubernetes.io/cluster/${cluster}`)) continue;
    const { AvailabilityZone = "" } = subnet;
    if (!byZone.has(AvailabilityZone)) byZone.set(AvailabilityZone, subnet);
  }
  return [...byZone.values()];
}
