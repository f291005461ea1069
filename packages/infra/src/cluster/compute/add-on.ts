import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { EksAddOnName } from "@demarc/shared/environment";
import { type Statement, trustPodIdentity } from "@demarc/shared/iam";
import { WorkspaceRole, WorkspaceStack } from "@demarc/shared/stack";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cluster } from "../cluster";
import { type AddOnVersions, versionOf } from "./versions";

/** An add-on that EKS installs and keeps, and what it needs. */
export interface ManagedAddOn {
  readonly name: EksAddOnName;
  /** Values that the add-on's own schema knows. @default AWS's own */
  readonly values?: Readonly<Record<string, unknown>>;
  /** The role of its pods, by EKS Pod Identity. @default none: it calls nothing of AWS's */
  readonly identity?: EksAddOnIdentity;
}

interface EksAddOnIdentity {
  /** In kube-system, where EKS puts all of these. */
  readonly serviceAccount: string;
  /** What AWS says that the add-on needs. */
  readonly managedPolicy: string;
  /** What it needs beside that, because of how we use it. @default nothing */
  readonly permissions?: readonly Statement[];
}

export interface EksAddOnProps {
  readonly definition: ManagedAddOn;
  readonly cluster: Cluster;
  /** Name of the cluster, as its resource gives it. */
  readonly clusterName: string;
  /** Versions that the settings choose. */
  readonly versions: AddOnVersions;
  /** What must be there before the add-on. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** An EKS add-on, with the role that its pods get by Pod Identity. */
export class EksAddOn extends Construct implements ITerraformDependable {
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: EksAddOnProps) {
    super(scope, id);
    const { definition, cluster, clusterName, versions, dependsOn } = props;
    const { name, values } = definition;
    const role = this.#role(props);

    const addOn = new EksAddon(this, "add-on", {
      clusterName,
      addonName: name,
      addonVersion: versionOf(name, cluster.version, versions),
      // This code is the only place where an add-on is configured: what differs is drift.
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      ...(values === undefined ? {} : { configurationValues: JSON.stringify(values) }),
      ...(role === undefined ? {} : { podIdentityAssociation: [role.association] }),
      dependsOn: [...dependsOn, ...(role?.policies ?? [])],
    });
    this.fqn = addOn.fqn;
  }

  #role({ definition: { name, identity }, cluster }: EksAddOnProps) {
    if (identity === undefined) return undefined;
    const { environment } = WorkspaceStack.of(this);
    const { serviceAccount, managedPolicy, permissions = [] } = identity;
    const role = new WorkspaceRole(this, "role", {
      name: `${cluster.name}-${name}`,
      description: `Add-on ${name} of cluster ${cluster.name}`,
      trust: trustPodIdentity({ environment, cluster: cluster.name, namespace: "kube-system", serviceAccount }),
      managedPolicies: [managedPolicy],
      permissions,
    });
    return { policies: role.policies, association: { serviceAccount, roleArn: role.arn } };
  }
}
