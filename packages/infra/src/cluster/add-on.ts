import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { trustPodIdentity } from "@demarc/shared/iam";
import { WorkspaceRole, WorkspaceStack } from "@demarc/shared/stack";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cluster } from "./clusters";
import type { ManagedAddOn } from "./managed-add-ons";
import { addOnVersion } from "./versions";

export interface EksAddOnProps {
  readonly definition: ManagedAddOn;
  readonly cluster: Cluster;
  /** Name of the cluster, as its resource gives it. */
  readonly clusterName: string;
  readonly volumeKeyArn: string;
  /** What must be there before the add-on. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** An EKS add-on, with the role that its pods get by Pod Identity. */
export class EksAddOn extends Construct implements ITerraformDependable {
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: EksAddOnProps) {
    super(scope, id);
    const { definition, cluster, clusterName, dependsOn } = props;
    const { name, configuration } = definition;
    const role = this.#role(props);
    const values = configuration?.(cluster.settings);

    const addOn = new EksAddon(this, "add-on", {
      clusterName,
      addonName: name,
      addonVersion: addOnVersion(name, cluster.version, cluster.settings),
      // This code is the only place where an add-on is configured: what differs is drift.
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      ...(values === undefined ? {} : { configurationValues: JSON.stringify(values) }),
      ...(role === undefined ? {} : { podIdentityAssociation: [role.association] }),
      dependsOn: [...dependsOn, ...(role?.policies ?? [])],
    });
    this.fqn = addOn.fqn;
  }

  #role({ definition: { name, identity }, cluster, volumeKeyArn }: EksAddOnProps) {
    if (identity === undefined) return undefined;
    const { environment } = WorkspaceStack.of(this);
    const { serviceAccount, managedPolicy, permissions } = identity;
    const role = new WorkspaceRole(this, "role", {
      name: `${cluster.name}-${name}`,
      description: `Add-on ${name} of cluster ${cluster.name}`,
      trust: trustPodIdentity({ environment, cluster: cluster.name, namespace: "kube-system", serviceAccount }),
      managedPolicies: [managedPolicy],
      permissions: permissions?.(volumeKeyArn) ?? [],
    });
    return { policies: role.policies, association: { serviceAccount, roleArn: role.arn } };
  }
}
