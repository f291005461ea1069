import { DescribeSubnetsCommand, DescribeVpcEndpointsCommand, type Subnet } from "@aws-sdk/client-ec2";
import { DescribeClusterCommand } from "@aws-sdk/client-eks";
import {
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type TagDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { clusterNames, type Environment } from "@demarc/shared/environment";
import type { Aws } from "./aws";
import { type Check, unlessGone } from "./check";

/** Free addresses that a load balancer needs in a subnet, or AWS's controller passes the subnet over. */
const FREE_ADDRESSES = 8;

/** Most target groups whose tags AWS tells at once. */
const TAGS_AT_ONCE = 20;

const ofEnvironment = ({ name }: Environment) => [{ Name: "tag:environment", Values: [name] }];

const freeAddresses: Check = {
  id: "free-addresses",
  asks: "EC2: DescribeSubnets; EKS: DescribeCluster",
  onlyAws: "AWS counts what nodes, pods, endpoints and load balancers have taken of a subnet",
  expected: `each subnet of the environment has ${String(FREE_ADDRESSES)} free addresses, which a load balancer needs`,
  problems: async (aws, environment) => {
    const subnets = await subnetsOf(aws, environment);
    if (subnets.length === 0)
      return [`no subnet bears the tag environment ${environment.name}, and no cluster has one`];
    return subnets
      .filter(({ AvailableIpAddressCount = 0 }) => AvailableIpAddressCount < FREE_ADDRESSES)
      .map(
        ({ SubnetId = "", AvailableIpAddressCount = 0 }) => `${SubnetId} has ${String(AvailableIpAddressCount)} left`,
      );
  },
};

/** In a network that infra did not make, subnets bear no tag of the environment: its clusters' are asked for, by id. */
async function subnetsOf({ ec2, eks }: Aws, environment: Environment): Promise<Subnet[]> {
  const { Subnets: made = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters: ofEnvironment(environment) }));
  if (made.length > 0) return made;
  const clusters = await Promise.all(
    clusterNames(environment).map((name) => eks.send(new DescribeClusterCommand({ name }))),
  );
  const SubnetIds = [...new Set(clusters.flatMap(({ cluster }) => cluster?.resourcesVpcConfig?.subnetIds ?? []))];
  // EC2 answers every subnet of the account where none is named.
  if (SubnetIds.length === 0) return [];
  const { Subnets: found = [] } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds }));
  return found;
}

const endpointsAvailable: Check = {
  id: "vpc-endpoints",
  asks: "EC2: DescribeVpcEndpoints",
  onlyAws: "not each service of AWS is to be had in each zone of a region",
  expected: "each VPC endpoint of the environment is available",
  problems: async ({ ec2 }, environment) => {
    const Filters = ofEnvironment(environment);
    const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand({ Filters }));
    // The SDK's type has this state in another case than EC2 answers it in.
    return VpcEndpoints.filter(({ State = "" }) => State.toLowerCase() !== "available").map(
      ({ VpcEndpointId = "", ServiceName = "", State = "unknown" }) => `${VpcEndpointId} (${ServiceName}) is ${State}`,
    );
  },
};

const targetsHealthy: Check = {
  id: "targets",
  asks: "Elastic Load Balancing: DescribeTargetGroups, DescribeTags, DescribeTargetHealth",
  onlyAws: "a real load balancer has to reach a real pod: routes, security groups and the app itself",
  expected: "each target group of the load balancer controller has a healthy target, and none that is not",
  problems: async (aws, environment) => {
    const groups = await targetGroupsOf(aws, clusterNames(environment));
    return (await Promise.all(groups.map((group) => unhealthy(aws, group)))).flat();
  },
};

async function targetGroupsOf({ elb }: Aws, clusters: readonly string[]): Promise<string[]> {
  const arns: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await elb.send(new DescribeTargetGroupsCommand({ Marker }));
    arns.push(...(page.TargetGroups ?? []).flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []));
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  const own: string[] = [];
  for (let at = 0; at < arns.length; at += TAGS_AT_ONCE) {
    for (const { ResourceArn = "", Tags = [] } of await tagsOf(elb, arns.slice(at, at + TAGS_AT_ONCE))) {
      const cluster = Tags.find(({ Key }) => Key === "elbv2.k8s.aws/cluster")?.Value ?? "";
      if (clusters.includes(cluster)) own.push(ResourceArn);
    }
  }
  return own;
}

/** AWS answers nothing where one of them is gone: then each is asked for by itself. */
async function tagsOf(elb: Aws["elb"], ResourceArns: readonly string[]): Promise<TagDescription[]> {
  const answer = await unlessGone(elb.send(new DescribeTagsCommand({ ResourceArns: [...ResourceArns] })));
  if (answer !== undefined) return answer.TagDescriptions ?? [];
  if (ResourceArns.length === 1) return [];
  return (await Promise.all(ResourceArns.map((arn) => tagsOf(elb, [arn])))).flat();
}

async function unhealthy({ elb }: Aws, TargetGroupArn: string): Promise<string[]> {
  const answer = await unlessGone(elb.send(new DescribeTargetHealthCommand({ TargetGroupArn })));
  if (answer === undefined) return [];
  const { TargetHealthDescriptions = [] } = answer;
  const name = TargetGroupArn.split("/")[1] ?? TargetGroupArn;
  if (TargetHealthDescriptions.length === 0) return [`${name} has no target`];
  return TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State !== "healthy").map(
    ({ Target, TargetHealth }) =>
      `${Target?.Id ?? "a target"} of ${name} is ${TargetHealth?.State ?? "unknown"}: ${TargetHealth?.Description ?? "no reason"}`,
  );
}

/** Named in the policy of the key of the nodes' volumes. */
const LINKED_ROLES = ["AWSServiceRoleForAutoScaling", "AWSServiceRoleForEC2Spot"];

const linkedRoles: Check = {
  id: "service-linked-roles",
  asks: "IAM: GetRole",
  onlyAws: "a new account lacks these roles, and KMS refuses a key policy that names a role that is not there",
  expected: `the account has ${LINKED_ROLES.join(" and ")}`,
  problems: async ({ iam }) => {
    const found = await Promise.all(
      LINKED_ROLES.map(async (RoleName) => {
        try {
          await iam.send(new GetRoleCommand({ RoleName }));
          return [];
        } catch (error) {
          if (!(error instanceof Error && error.name === "NoSuchEntityException")) throw error;
          return [`${RoleName} is not there: aws iam create-service-linked-role makes it`];
        }
      }),
    );
    return found.flat();
  },
};

export const networkChecks: readonly Check[] = [freeAddresses, endpointsAvailable, targetsHealthy, linkedRoles];
