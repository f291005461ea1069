import { terraformEntry } from "@demarc/shared/contract";
import { Objects } from "@demarc/shared/kubernetes";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { ClusterReference } from "../cluster";
import { platformMetadata } from "./platform-metadata";

/**
 * Has EKS give the pods of each team their own security group where pods are no part of a node, and no NetworkPolicy holds: with the
 * cluster's, which they would get otherwise, all pods reach all others. It is read when a pod starts. No team may write the kind.
 * @param namespaces of teams, by the team's name
 * @returns what is there once each team has its policy. Empty: none needs one
 */
export function securityGroupPolicies(
  scope: Construct,
  namespaces: Readonly<Record<string, string>>,
  { contract: { podSecurityGroupId: shared, teamSecurityGroupIds: ids } }: Pick<ClusterReference, "contract">,
): ITerraformDependable[] {
  if (ids === undefined || shared === undefined) return [];
  const policies = new Objects(scope, "security-group-policies", {
    name: "security-group-policies",
    namespace: "kube-system",
    objects: Object.entries(namespaces).map(([team, namespace]) => ({
      apiVersion: "vpcresources.k8s.aws/v1beta1",
      kind: "SecurityGroupPolicy",
      metadata: platformMetadata("team", namespace),
      spec: {
        // All pods: a team chooses their labels.
        podSelector: {},
        securityGroups: { groupIds: [terraformEntry(ids, team), shared] },
      },
    })),
  });
  return [policies.release];
}
