import { consume } from "../contract";
import { clusterContract, networkContract } from "../contracts";
import { arn, clusterName } from "../environment";
import { allow, type Statement } from "../iam";
import type { ClusterParty } from "./consequences";
import { teamSecurityGroupArns } from "./pod-security-groups";

/** Tag that the controller puts on whatever it makes. */
const CLUSTER_TAG = "elbv2.k8s.aws/cluster";

/**
 * What the load balancer controller needs to make ALBs, drawn from the policy that its project publishes and narrowed to this
 * account and region, to ALBs, and to what bears this cluster's tag: two clusters cannot touch each other's load balancers.
 */
export function ingressPermissions(stack: ClusterParty): Statement[] {
  return permissions(namesOf(stack, "app"));
}

/** The same for network load balancers, which Services ask for and which have no rules. */
export function networkLoadBalancerPermissions(stack: ClusterParty): Statement[] {
  return permissions(namesOf(stack, "net"));
}

function permissions(names: Names): Statement[] {
  return [serviceLinkedRole(names), ...securityGroups(names), ...loadBalancers(names), ...tags(names)];
}

interface Names {
  readonly serviceLinkedRole: string;
  readonly vpc: string;
  /** Of nodes and pods: the one that EKS made, and those of teams where they have one each. */
  readonly podSecurityGroups: readonly string[];
  readonly securityGroups: string;
  readonly loadBalancers: string;
  readonly targetGroups: string;
  readonly listeners: string;
  /** Of listeners: none where load balancers have none. */
  readonly rules: readonly string[];
  /** Condition on what it makes: that it gets this cluster's tag. */
  readonly made: { readonly StringEquals: Readonly<Record<string, string>> };
  /** Condition on what is there: that it has this cluster's tag. */
  readonly own: { readonly StringEquals: Readonly<Record<string, string>> };
}

/** @param type of load balancers, as their ARNs have it */
function namesOf(stack: ClusterParty, type: "app" | "net"): Names {
  const { environment } = stack;
  const cluster = clusterName(environment, stack.cluster);
  const elb = (resource: string) => arn(environment, "elasticloadbalancing", resource);
  const ec2 = (resource: string) => arn(environment, "ec2", resource);
  return {
    serviceLinkedRole: arn(environment, "iam", "role/aws-service-role/elasticloadbalancing.amazonaws.com/*"),
    vpc: ec2(`vpc/${consume(stack, networkContract).vpcId}`),
    podSecurityGroups: [
      ec2(`security-group/${consume(stack, clusterContract).securityGroupId}`),
      ...teamSecurityGroupArns(stack, Object.keys(environment.teams)),
    ],
    securityGroups: ec2("security-group/*"),
    loadBalancers: elb(`loadbalancer/${type}/*/*`),
    targetGroups: elb("targetgroup/*/*"),
    listeners: elb(`listener/${type}/*/*/*`),
    rules: type === "app" ? [elb("listener-rule/app/*/*/*")] : [],
    made: { StringEquals: { [`aws:RequestTag/${CLUSTER_TAG}`]: cluster } },
    own: { StringEquals: { [`aws:ResourceTag/${CLUSTER_TAG}`]: cluster } },
  };
}

/** ELB's own role, once in an account. */
function serviceLinkedRole({ serviceLinkedRole: role }: Names): Statement {
  return allow("iam:CreateServiceLinkedRole")
    .on(role)
    .when({ StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } });
}

/** The ALB's own groups, and a rule from them on the pods' groups. */
function securityGroups({ vpc, podSecurityGroups, securityGroups, made, own }: Names): Statement[] {
  const rules = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"];
  return [
    allow("ec2:CreateSecurityGroup").on(vpc),
    allow("ec2:CreateSecurityGroup").on(securityGroups).when(made),
    allow(...rules, "ec2:DeleteSecurityGroup")
      .on(securityGroups)
      .when(own),
    allow(...rules).on(...podSecurityGroups),
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
    ...(rules.length === 0
      ? []
      : [
          elb("DeleteRule", "ModifyRule", "SetRulePriorities")
            .on(...rules)
            .when(own),
        ]),
    elb("DeleteTargetGroup", "DeregisterTargets", "ModifyTargetGroup", "ModifyTargetGroupAttributes", "RegisterTargets")
      .on(targetGroups)
      .when(own),
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
      .on(listeners, ...rules)
      .when(creation("elasticloadbalancing:CreateAction", "CreateListener", "CreateRule")),
    allow("elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags")
      .on(loadBalancers, targetGroups, listeners, ...rules)
      .when(later),
  ];
}
