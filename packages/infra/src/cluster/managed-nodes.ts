import { trustService } from "@demarc/shared/iam";
import { WorkspaceRole } from "@demarc/shared/stack";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { EksAddOn } from "./add-on";
import type { Cluster } from "./clusters";
import type { ControlPlane } from "./control-plane";
import type { LiveCluster } from "./live-cluster";
import { afterNodes, beforeNodes, type ManagedAddOn } from "./managed-add-ons";
import { NodeGroup } from "./node-group";

export interface ManagedNodesProps {
  readonly cluster: Cluster;
  readonly controlPlane: ControlPlane;
  /** Private subnets, one for each zone. */
  readonly subnetIds: string[];
  /** KMS key of the nodes' disks and of the volumes that pods ask for. */
  readonly volumeKeyArn: string;
  readonly live: LiveCluster;
}

/** The node groups of a cluster, with the add-ons that they need before and those that need them. */
export class ManagedNodes extends Construct {
  constructor(scope: Construct, id: string, props: ManagedNodesProps) {
    super(scope, id);
    const { cluster, controlPlane, subnetIds, volumeKeyArn, live } = props;
    const role = this.#nodeRole(cluster.name);

    const network = this.#addOns(props, beforeNodes, []);
    const groups = Object.entries(cluster.settings.nodeGroups).map(
      ([name, settings]) =>
        new NodeGroup(this, `group-${name}`, {
          name,
          settings,
          cluster,
          clusterName: controlPlane.name,
          roleArn: role.arn,
          subnetIds,
          live,
          volumeKeyArn,
          dependsOn: [...role.policies, ...network],
        }),
    );
    this.#addOns(props, afterNodes, groups);
  }

  /** One after the other, as an upgrade should go too: in the order of the table. */
  #addOns(
    { cluster, controlPlane, volumeKeyArn }: ManagedNodesProps,
    definitions: readonly ManagedAddOn[],
    after: readonly ITerraformDependable[],
  ): ITerraformDependable[] {
    return definitions.reduce<ITerraformDependable[]>(
      (earlier, definition) => [
        ...earlier,
        new EksAddOn(this, definition.name, {
          definition,
          cluster,
          clusterName: controlPlane.name,
          volumeKeyArn,
          dependsOn: [...after, ...earlier],
        }),
      ],
      [],
    );
  }

  /**
   * Every node has it, and so does every pod on the host's network: the pod network's rights are not in it. Its trust has no source
   * account: AWS documents none for instances, and none is needed, as only who may pass the role can start one with it.
   * https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
   */
  #nodeRole(cluster: string): WorkspaceRole {
    return new WorkspaceRole(this, "role", {
      name: `${cluster}-nodes`,
      description: `Nodes of cluster ${cluster}`,
      trust: trustService("ec2.amazonaws.com"),
      managedPolicies: ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"],
    });
  }
}
