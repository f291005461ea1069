import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import type { ComputeKind } from "@demarc/shared/environment";
import { type Statement, trustPodIdentity, trustServiceAccount } from "@demarc/shared/iam";
import { WorkspaceRole, WorkspaceStack } from "@demarc/shared/stack";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ClusterReference } from "./cluster";

export interface PodRoleProps {
  readonly cluster: ClusterReference;
  /** What the role's name ends with, after the cluster's. */
  readonly name: string;
  readonly description: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly permissions: readonly Statement[];
}

/**
 * The role in AWS of the pods of one service account: handed out by EKS Pod Identity or, on Fargate, where its agent cannot
 * run, by IRSA.
 */
export class PodRole extends Construct {
  /** Annotations that the service account needs. */
  readonly annotations: Readonly<Record<string, string>>;
  /** What must be there before the pods start: they are given their credentials only then. */
  readonly needed: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PodRoleProps) {
    super(scope, id);
    const { cluster, name, description, namespace, serviceAccount, permissions } = props;
    const byToken = takesToken(cluster.compute);
    const { environment } = WorkspaceStack.of(this);
    const { oidcProviderArn: arn, oidcIssuer: issuer } = cluster.contract;
    const role = new WorkspaceRole(this, "role", {
      name: `${cluster.name}-${name}`,
      description,
      trust: byToken
        ? trustServiceAccount({ arn, issuer }, namespace, serviceAccount)
        : trustPodIdentity({ environment, cluster: cluster.name, namespace, serviceAccount }),
      permissions,
    });
    this.annotations = byToken ? { "eks.amazonaws.com/role-arn": role.arn } : {};
    this.needed = [...role.policies, ...(byToken ? [] : [this.#association(props, role.arn)])];
  }

  #association({ cluster, namespace, serviceAccount }: PodRoleProps, roleArn: string): EksPodIdentityAssociation {
    const clusterName = cluster.contract.name;
    return new EksPodIdentityAssociation(this, "association", { clusterName, namespace, serviceAccount, roleArn });
  }
}

/** The agent of Pod Identity is a DaemonSet, which Fargate has not. */
function takesToken(compute: ComputeKind): boolean {
  return compute === "fargate";
}
