import { controllerPermissions } from "@demarc/shared/exposure";
import { allow, type Statement } from "@demarc/shared/iam";
import type { AddOnContext } from "./addon";

/** What the load balancer controller may do: look things up, and what it does for the environment's exposures. */
export function loadBalancerPermissions({ stack }: AddOnContext): readonly Statement[] {
  return [...lookups(), ...controllerPermissions(stack)];
}

/** None of these has resources to narrow it to. */
function lookups(): Statement[] {
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
  ];
}
