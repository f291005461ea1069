import { type ConsumedValues, terraformEntry } from "@demarc/shared/contract";
import type { networkContract } from "@demarc/shared/contracts";
import { trustService } from "@demarc/shared/iam";
import { WorkspaceRole } from "@demarc/shared/stack";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { EksAddOn, type ManagedAddOn } from "../add-on";
import type { ComputeProps } from "../compute";
import { afterNodes, beforeNodes } from "./add-ons";
import { NodeGroup, type NodeGroupProps } from "./node-group";
import { groupName, type NodeGroupSettings } from "./node-group-settings";
import type { ManagedNodesSettings } from "./settings";

export interface ManagedNodesProps extends ComputeProps {
  readonly settings: ManagedNodesSettings;
}

/** The groups that a setting makes, each with its subnets: one over all zones, or one for each zone that it names. */
function placements(
  name: string,
  settings: NodeGroupSettings,
  { privateSubnetIds, privateSubnetIdsByZone }: ConsumedValues<typeof networkContract>,
): Pick<NodeGroupProps, "name" | "settings" | "subnetIds" | "zone">[] {
  if (settings.zones === undefined) return [{ name, settings, subnetIds: privateSubnetIds }];
  return settings.zones.map((zone) => ({
    name: groupName(name, zone),
    settings,
    subnetIds: [terraformEntry(privateSubnetIdsByZone, zone)],
    zone,
  }));
}

/** The node groups of a cluster, with the add-ons that they need before and those that need them. */
export class ManagedNodes extends Construct {
  constructor(scope: Construct, id: string, props: ManagedNodesProps) {
    super(scope, id);
    const { cluster, clusterName, joined, network, volumeKeyArn, live, settings } = props;
    const role = this.#nodeRole(cluster.name);

    const before = this.#addOns(props, beforeNodes(settings), []);
    const groups = Object.entries(settings.nodeGroups)
      .flatMap(([name, group]) => placements(name, group, network))
      .map(
        (placement) =>
          new NodeGroup(this, `group-${placement.name}`, {
            ...placement,
            cluster,
            clusterName,
            joined,
            prefixDelegation: settings.prefixDelegation,
            nodeVersion: settings.nodeVersion ?? cluster.version,
            roleArn: role.arn,
            live,
            volumeKeyArn,
            dependsOn: [...role.policies, ...before],
          }),
      );
    this.#addOns(props, afterNodes(volumeKeyArn), groups);
  }

  /** One after the other, as an upgrade should go too: in the order of the table. */
  #addOns(
    { cluster, clusterName, settings }: ManagedNodesProps,
    definitions: readonly ManagedAddOn[],
    after: readonly ITerraformDependable[],
  ): ITerraformDependable[] {
    return definitions.reduce<ITerraformDependable[]>(
      (earlier, definition) => [
        ...earlier,
        new EksAddOn(this, definition.name, {
          definition,
          cluster,
          clusterName,
          versions: settings.addOnVersions,
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
