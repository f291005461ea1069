import { largestPodOf } from "@demarc/shared/environment";
import type { Compute, FullGroup } from "../compute";
import { LargestPod } from "./largest-pod";
import { ManagedNodes } from "./nodes";
import { addressesOfNode } from "./pod-addresses";
import type { ManagedNodesSettings } from "./settings";
import { versionProblems } from "./versions";

/** Node groups that EKS keeps and Cluster Autoscaler scales, with EKS's own add-ons. */
export function managedNodes(settings: ManagedNodesSettings): Compute {
  const groups = Object.entries(settings.nodeGroups);
  return {
    kind: settings.kind,
    fullGroups: groups.map(([name, group]) => fullGroup(name, group, settings)),
    zones: groups.map(([name, { zones = [] }]) => ({ path: ["nodeGroups", name, "zones"], zones })),
    problems: (_, version) => versionProblems(version, settings),
    prepare: (scope, { environment, cluster, volumeKeyArn }) => {
      const most = largestPodOf(environment, cluster.id);
      const { nodeGroups } = settings;
      const largestPod = most && new LargestPod(scope, "largest-pod", { cluster, most, nodeGroups });
      return {
        controlPlane: { preconditions: largestPod === undefined ? [] : [largestPod.fitsANode] },
        add: (props) => {
          new ManagedNodes(scope, "nodes", { ...props, settings });
          return { volumeKeyArn };
        },
      };
    },
  };
}

function fullGroup(
  name: string,
  { instanceTypes, size, zones }: ManagedNodesSettings["nodeGroups"][string],
  { prefixDelegation }: ManagedNodesSettings,
): FullGroup {
  const each = Math.max(...instanceTypes.map((type) => addressesOfNode(type, prefixDelegation)));
  return { name, zones, nodes: size.max, each };
}
