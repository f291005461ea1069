import { arn } from "@demarc/shared/environment";
import { allow, type Statement } from "@demarc/shared/iam";
import type { AddOnContext } from "./addon";

/** Tag that the controller puts on whatever it makes. */
const CLUSTER_TAG = "elbv2.k8s.aws/cluster";

/**
 * What the load balancer controller needs for ALBs, drawn from the policy that its project publishes and narrowed to this
 * account and region, to ALBs, and to what bears this cluster's tag: two clusters cannot touch each other's load balancers.
 */
export function loadBalancerPermissions(context: AddOnContext): readonly Statement[] {
  const names = namesOf(context);
  return [
    ...lookups(names),
    ...securityGroups(names),
    ...loadBalancers(names),
    ...boundTargetGroups(names),
    ...tags(names),
  ];
}

interface Names {
  readonly serviceLinkedRole: string;
  readonly vpc: string;
  /** Of the nodes, which EKS made. */
  readonly nodeSecurityGroup: string;
  readonly securityGroups: string;
  readonly loadBalancers: string;
  readonly targetGroups: string;
  /** infra's, in which it registers pods. */
  readonly boundTargetGroups: readonly string[];
  readonly listeners: string;
  readonly rules: string;
  /** Condition on what it makes: that it gets this cluster's tag. */
  readonly made: { readonly StringEquals: Readonly<Record<string, string>> };
  /** Condition on what is there: that it has this cluster's tag. */
  readonly own: { readonly StringEquals: Readonly<Record<string, string>> };
}

function namesOf({ environment, cluster, network, boundTargetGroups }: AddOnContext): Names {
  const elb = (resource: string) => arn(environment, "elasticloadbalancing", resource);
  const ec2 = (resource: string) => arn(environment, "ec2", resource);
  return {
    serviceLinkedRole: arn(environment, "iam", "role/aws-service-role/elasticloadbalancing.amazonaws.com/*"),
    vpc: ec2(`vpc/${network.vpcId}`),
    nodeSecurityGroup: ec2(`security-group/${cluster.contract.securityGroupId}`),
    securityGroups: ec2("security-group/*"),
    loadBalancers: elb("loadbalancer/app/*/*"),
    targetGroups: elb("targetgroup/*/*"),
    boundTargetGroups: boundTargetGroups.map((name) => elb(`targetgroup/${name}/*`)),
    listeners: elb("listener/app/*/*/*"),
    rules: elb("listener-rule/app/*/*/*"),
    made: { StringEquals: { [`aws:RequestTag/${CLUSTER_TAG}`]: cluster.name } },
    own: { StringEquals: { [`aws:ResourceTag/${CLUSTER_TAG}`]: cluster.name } },
  };
}

/** None of these has resources to narrow it to. */
function lookups({ serviceLinkedRole }: Names): Statement[] {
  const ec2 = [
    "AccountAttributes",
    "AvailabilityZones",
    "InternetGateways",
    "Instances",
    "NetworkInterfaces",
    "RouteTables",
    "SecurityGroups",
    "Subnets",
    "Tags",
    "VpcPeeringConnections",
    "Vpcs",
  ];
  const elb = [
    "ListenerAttributes",
    "ListenerCertificates",
    "Listeners",
    "LoadBalancerAttributes",
    "LoadBalancers",
    "Rules",
    "SSLPolicies",
    "Tags",
    "TargetGroupAttributes",
    "TargetGroups",
    "TargetHealth",
  ];
  return [
    allow(...ec2.map((what) => `ec2:Describe${what}`), "ec2:GetSecurityGroupsForVpc").on("*"),
    allow(...elb.map((what) => `elasticloadbalancing:Describe${what}`)).on("*"),
    // ELB's own role, once in an account.
    allow("iam:CreateServiceLinkedRole")
      .on(serviceLinkedRole)
      .when({ StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } }),
  ];
}

/** The ALB's own groups, and a rule from them on the nodes' group. */
function securityGroups({ vpc, nodeSecurityGroup, securityGroups, made, own }: Names): Statement[] {
  const rules = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"];
  return [
    allow("ec2:CreateSecurityGroup").on(vpc),
    allow("ec2:CreateSecurityGroup").on(securityGroups).when(made),
    allow(...rules, "ec2:DeleteSecurityGroup")
      .on(securityGroups)
      .when(own),
    allow(...rules).on(nodeSecurityGroup),
  ];
}

function loadBalancers({ loadBalancers, targetGroups, listeners, rules, made, own }: Names): Statement[] {
  const elb = (...actions: readonly string[]) => allow(...actions.map((action) => `elasticloadbalancing:${action}`));
  return [
    elb("CreateLoadBalancer").on(loadBalancers).when(made),
    elb("CreateTargetGroup").on(targetGroups).when(made),
    elb(
      "CreateListener",
      "DeleteLoadBalancer",
      "ModifyLoadBalancerAttributes",
      "SetIpAddressType",
      "SetSecurityGroups",
      "SetSubnets",
    )
      .on(loadBalancers)
      .when(own),
    elb(
      "AddListenerCertificates",
      "CreateRule",
      "DeleteListener",
      "ModifyListener",
      "ModifyListenerAttributes",
      "RemoveListenerCertificates",
    )
      .on(listeners)
      .when(own),
    elb("DeleteRule", "ModifyRule", "SetRulePriorities").on(rules).when(own),
    elb("DeleteTargetGroup", "DeregisterTargets", "ModifyTargetGroup", "ModifyTargetGroupAttributes", "RegisterTargets")
      .on(targetGroups)
      .when(own),
  ];
}

/** They do not bear the controller's tag, which would let it change and delete them, as it may its own. */
function boundTargetGroups({ boundTargetGroups }: Names): Statement[] {
  if (boundTargetGroups.length === 0) return [];
  return [
    allow("elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets").on(...boundTargetGroups),
  ];
}

/** Tags come with what is made; later, the cluster's own tag can be neither given nor changed. */
function tags({ securityGroups, loadBalancers, targetGroups, listeners, rules, made, own }: Names): Statement[] {
  const later = { ...own, Null: { [`aws:RequestTag/${CLUSTER_TAG}`]: "true" } };
  const creation = (key: string, ...actions: readonly string[]) => ({
    StringEquals: { ...made.StringEquals, [key]: actions },
  });
  return [
    allow("ec2:CreateTags").on(securityGroups).when(creation("ec2:CreateAction", "CreateSecurityGroup")),
    allow("ec2:CreateTags", "ec2:DeleteTags").on(securityGroups).when(later),
    allow("elasticloadbalancing:AddTags")
      .on(loadBalancers, targetGroups)
      .when(creation("elasticloadbalancing:CreateAction", "CreateLoadBalancer", "CreateTargetGroup")),
    allow("elasticloadbalancing:AddTags")
      .on(listeners, rules)
      .when(creation("elasticloadbalancing:CreateAction", "CreateListener", "CreateRule")),
    allow("elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags")
      .on(loadBalancers, targetGroups, listeners, rules)
      .when(later),
  ];
}
