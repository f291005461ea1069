import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { arnOfAws } from "@demarc/shared/environment";
import { trustService } from "@demarc/shared/iam";
import { WorkspaceRole } from "@demarc/shared/stack";
import { Construct } from "constructs";

/** The role of Auto Mode's nodes: they pull images and hand out Pod Identity; all else the control plane does for them. */
export class NodeRole extends WorkspaceRole {
  /** @param cluster name of the cluster */
  constructor(scope: Construct, id: string, cluster: string) {
    super(scope, id, {
      name: `${cluster}-nodes`,
      description: `Nodes of cluster ${cluster}`,
      trust: trustService("ec2.amazonaws.com"),
      managedPolicies: ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"],
    });
  }
}

export interface NodesEntryProps {
  readonly clusterName: string;
  readonly role: NodeRole;
}

/** Lets nodes of k8s-platform's own pools join. EKS makes the entry itself where the role is that of its own pools. */
export class NodesEntry extends Construct {
  constructor(scope: Construct, id: string, { clusterName, role }: NodesEntryProps) {
    super(scope, id);
    const entry = new EksAccessEntry(this, "entry", { clusterName, principalArn: role.arn, type: "EC2" });
    new EksAccessPolicyAssociation(this, "policy", {
      clusterName,
      principalArn: entry.principalArn,
      policyArn: arnOfAws("eks", "cluster-access-policy/AmazonEKSAutoNodePolicy"),
      accessScope: { type: "cluster" },
    });
  }
}
