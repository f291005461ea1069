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
  /** What must be there before the association. @default nothing */
  readonly after?: readonly ITerraformDependable[];
}

/**
 * The role in AWS of the pods of one service account: handed out by EKS Pod Identity or, on Fargate, where its agent cannot
 * run, by IRSA.
 */
export class PodRole extends Construct {
  /** Annotations that the service account needs. */
  readonly annotations: Readonly<Record<string, string>>;
  /** What binds the role to the service account, some seconds after it was made. Undefined on Fargate, where the pod's token does. */
  readonly association: EksPodIdentityAssociation | undefined;
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
    this.association = byToken ? undefined : this.#association(props, role.arn);
    this.needed = [...role.policies, ...(this.association === undefined ? [] : [this.association])];
  }

  #association(props: PodRoleProps, roleArn: string): EksPodIdentityAssociation {
    const { cluster, namespace, serviceAccount, after = [] } = props;
    return new EksPodIdentityAssociation(this, "association", {
      clusterName: cluster.contract.name,
      namespace,
      serviceAccount,
      roleArn,
      ...(after.length === 0 ? {} : { dependsOn: [...after] }),
    });
  }
}

/** The agent of Pod Identity is a DaemonSet, which Fargate has not. */
function takesToken(compute: ComputeKind): boolean {
  return compute === "fargate";
}
