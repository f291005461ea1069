import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { AddOnContext } from "../addons/addon";
import type { NodePoolsSettings } from "./node-pool-settings";
import { NodePools } from "./node-pools";

/**
 * What a cluster of EKS Auto Mode is told that the platform wants of its own: that network policies hold, and pools of nodes. Nothing on
 * other kinds of compute.
 * @returns what must be there before the first pod
 */
export function autoMode(
  scope: Construct,
  { cluster: { contract }, network, tags }: Pick<AddOnContext, "cluster" | "network" | "tags">,
  pools: NodePoolsSettings,
): ITerraformDependable[] {
  const { nodeRoleName: role, volumeKeyArn: kmsKeyId, securityGroupId } = contract;
  if (role === undefined || kmsKeyId === undefined) return [];
  const policies = networkPolicies(scope);
  if (Object.keys(pools).length === 0) return [policies];
  const nodes = { role, kmsKeyId, securityGroupId, subnetIds: network.privateSubnetIds, tags };
  return [policies, new NodePools(scope, "node-pools", pools, nodes).release];
}

/**
 * Has EKS look at network policies, which it has built in and off: https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html
 */
function networkPolicies(scope: Construct): ConfigMapV1 {
  return new ConfigMapV1(scope, "network-policies", {
    metadata: { name: "amazon-vpc-cni", namespace: "kube-system" },
    data: { "enable-network-policy-controller": "true" },
  });
}
