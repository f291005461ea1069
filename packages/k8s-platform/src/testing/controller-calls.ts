import { clusterContract, dnsContract, networkContract } from "@demarc/shared/contracts";
import { arn, type Place } from "@demarc/shared/environment";

/** What a judge is told of a request, beside its action and resource. */
type Context = Readonly<Record<string, string | readonly string[]>>;

/** Calls of one kind that a controller makes in AWS. */
export interface Calls {
  /** Names of actions, without the service. */
  readonly actions: readonly string[];
  readonly service: string;
  /** An example of what they are made on. */
  readonly on: string;
  /** What AWS knows of the request and of the resource. @default nothing more */
  readonly with?: Context;
  /** The same on what is not this controller's: AWS refuses it. @default none, for AWS narrows these actions to nothing */
  readonly notOn?: string;
  readonly notWith?: Context;
}

/** What infra promises, as the stack refers to it. */
function promised({ name, version }: { readonly name: string; readonly version: number }, output: string): string {
  const served = `${name}_v${String(version)}`;
  return `\${data.terraform_remote_state.infra-${name}-v${String(version)}.outputs.${served}.${output}}`;
}

/**
 * The calls that each controller makes with the values that the platform gives it, by the add-on's name: drawn from its
 * documentation and source in the pinned version. `dev-a` is the cluster.
 */
export function callsOf(place: Place): Readonly<Record<string, readonly Calls[]>> {
  return {
    "aws-for-fluent-bit": fluentBit(),
    "aws-load-balancer-controller": loadBalancerController(place),
    "cluster-autoscaler": clusterAutoscaler(place),
    "external-dns": externalDns(),
  };
}

/** The output plugin cloudwatch_logs of Fluent Bit; it makes no group (autoCreateGroup is off). */
function fluentBit(): Calls[] {
  const group = promised(clusterContract, "podLogGroupArn");
  return [
    {
      service: "logs",
      actions: ["CreateLogStream", "PutLogEvents"],
      on: `${group}:log-stream:node-1`,
      notOn: `${group}-of-another:log-stream:node-1`,
    },
  ];
}

/** provider/aws/aws.go of external-dns v0.21.0; it asks for tags of zones only with --aws-zone-tags. */
function externalDns(): Calls[] {
  const zone = promised(dnsContract, "zoneArn");
  const another = "arn:aws:route53:::hostedzone/ANOTHER";
  const records = (...types: string[]) => ({ "route53:ChangeResourceRecordSetsRecordTypes": types });
  return [
    { service: "route53", actions: ["ListHostedZones"], on: "*" },
    { service: "route53", actions: ["ListResourceRecordSets"], on: zone, notOn: another },
    {
      service: "route53",
      actions: ["ChangeResourceRecordSets"],
      on: zone,
      with: records("A", "AAAA", "TXT"),
      notOn: another,
      notWith: records("NS"),
    },
  ];
}

/** cloudprovider/aws/aws_wrapper.go and README.md of cluster-autoscaler 1.35. */
function clusterAutoscaler(place: Place): Calls[] {
  const owned = (cluster: string) => ({ [`aws:ResourceTag/k8s.io/cluster-autoscaler/${cluster}`]: "owned" });
  return [
    {
      service: "autoscaling",
      actions: [
        "DescribeAutoScalingGroups",
        "DescribeAutoScalingInstances",
        "DescribeLaunchConfigurations",
        "DescribeScalingActivities",
      ],
      on: "*",
    },
    {
      service: "autoscaling",
      actions: ["SetDesiredCapacity", "TerminateInstanceInAutoScalingGroup"],
      on: arn(place, "autoscaling", "autoScalingGroup:1:autoScalingGroupName/eks-general-1"),
      with: owned("dev-a"),
      notWith: owned("dev-b"),
    },
    {
      service: "ec2",
      actions: [
        "DescribeImages",
        "DescribeInstanceTypes",
        "DescribeLaunchTemplateVersions",
        "GetInstanceTypesFromInstanceRequirements",
      ],
      on: "*",
    },
    {
      service: "eks",
      actions: ["DescribeNodegroup"],
      on: arn(place, "eks", "nodegroup/dev-a/general/1"),
      notOn: arn(place, "eks", "nodegroup/dev-b/general/1"),
    },
  ];
}

const CLUSTER_TAG = "elbv2.k8s.aws/cluster";
const bears = (cluster: string) => ({ [`aws:ResourceTag/${CLUSTER_TAG}`]: cluster });
const gets = (cluster: string) => ({ [`aws:RequestTag/${CLUSTER_TAG}`]: cluster });

/** docs/install/iam_policy.json of the controller v3.5.0, as far as Ingresses with ALBs need it. */
function loadBalancerController(place: Place): Calls[] {
  return [...readsOfLoadBalancers(place), ...securityGroups(place), ...loadBalancers(place)];
}

function readsOfLoadBalancers(place: Place): Calls[] {
  const role = "role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing";
  const described = (...names: string[]) => names.map((name) => `Describe${name}`);
  return [
    {
      service: "ec2",
      actions: [
        ...described("AccountAttributes", "AvailabilityZones", "Instances", "InternetGateways", "NetworkInterfaces"),
        ...described("RouteTables", "SecurityGroups", "Subnets", "Tags", "VpcPeeringConnections", "Vpcs"),
        "GetSecurityGroupsForVpc",
      ],
      on: "*",
    },
    {
      service: "elasticloadbalancing",
      actions: [
        ...described("ListenerAttributes", "ListenerCertificates", "Listeners", "LoadBalancerAttributes"),
        ...described("LoadBalancers", "Rules", "SSLPolicies", "Tags", "TargetGroupAttributes", "TargetGroups"),
        ...described("TargetHealth"),
      ],
      on: "*",
    },
    {
      service: "iam",
      actions: ["CreateServiceLinkedRole"],
      on: arn(place, "iam", role),
      with: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
      notOn: arn(place, "iam", "role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"),
      notWith: { "iam:AWSServiceName": "ecs.amazonaws.com" },
    },
  ];
}

function securityGroups(place: Place): Calls[] {
  const group = arn(place, "ec2", "security-group/sg-1");
  const nodes = arn(place, "ec2", `security-group/${promised(clusterContract, "securityGroupId")}`);
  const vpc = (id: string) => arn(place, "ec2", `vpc/${id}`);
  const own = { on: group, with: bears("dev-a"), notWith: bears("dev-b") };
  const rules = ["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"];
  return [
    {
      service: "ec2",
      actions: ["CreateSecurityGroup"],
      on: vpc(promised(networkContract, "vpcId")),
      notOn: vpc("vpc-0"),
    },
    { service: "ec2", actions: ["CreateSecurityGroup"], on: group, with: gets("dev-a"), notWith: gets("dev-b") },
    { service: "ec2", actions: [...rules, "DeleteSecurityGroup"], ...own },
    { service: "ec2", actions: rules, on: nodes, notOn: group },
    {
      service: "ec2",
      actions: ["CreateTags"],
      on: group,
      with: { ...gets("dev-a"), "ec2:CreateAction": "CreateSecurityGroup" },
      notWith: { ...gets("dev-a"), "ec2:CreateAction": "CreateVpc" },
    },
    { service: "ec2", actions: ["DeleteTags"], ...own },
  ];
}

function loadBalancers(place: Place): Calls[] {
  const elb = (resource: string) => arn(place, "elasticloadbalancing", resource);
  const service = "elasticloadbalancing";
  const own = { service, with: bears("dev-a"), notWith: bears("dev-b") };
  const made = { service, with: gets("dev-a"), notWith: gets("dev-b") };
  const [balancer, network] = [elb("loadbalancer/app/k8s-a/1"), elb("loadbalancer/net/k8s-a/1")];
  const [group, listener] = [elb("targetgroup/k8s-a/1"), elb("listener/app/k8s-a/1/2")];
  const rule = elb("listener-rule/app/k8s-a/1/2/3");
  const ofBalancer = ["ModifyLoadBalancerAttributes", "SetIpAddressType", "SetSecurityGroups", "SetSubnets"];
  const ofListener = ["ModifyListener", "ModifyListenerAttributes", "DeleteListener", "CreateRule"];
  const ofGroup = ["ModifyTargetGroup", "ModifyTargetGroupAttributes", "DeleteTargetGroup"];
  return [
    { ...made, actions: ["CreateLoadBalancer"], on: balancer, notOn: network },
    { ...made, actions: ["CreateTargetGroup"], on: group },
    { ...own, actions: ["CreateListener", "DeleteLoadBalancer", ...ofBalancer], on: balancer, notOn: network },
    { ...own, actions: [...ofListener, "AddListenerCertificates", "RemoveListenerCertificates"], on: listener },
    { ...own, actions: ["DeleteRule", "ModifyRule", "SetRulePriorities"], on: rule },
    { ...own, actions: [...ofGroup, "RegisterTargets", "DeregisterTargets"], on: group },
    ...[
      { on: balancer, action: "CreateLoadBalancer" },
      { on: group, action: "CreateTargetGroup" },
      { on: listener, action: "CreateListener" },
      { on: rule, action: "CreateRule" },
    ].map(({ on, action }) => ({
      service,
      actions: ["AddTags"],
      on,
      with: { ...gets("dev-a"), "elasticloadbalancing:CreateAction": action },
      notWith: { ...gets("dev-b"), "elasticloadbalancing:CreateAction": action },
    })),
    ...[balancer, group, listener, rule].map((on) => ({ ...own, actions: ["RemoveTags"], on })),
  ];
}
