import { Fn } from "cdktf";
import type { Compute } from "../compute";
import { NodeRole, NodesEntry } from "./node-role";
import { managedPolicies, ownPermissions } from "./permissions";
import type { AutoModeSettings } from "./settings";

/** The cluster's DNS has the tenth address of the Services' range: so EKS's own node images find it (awslabs/amazon-eks-ami, nodeadm). */
const DNS = 10;

/** EKS Auto Mode: nodes, pod network, volumes and load balancers are EKS's, and so no add-on of it is installed. */
export function autoMode(settings: AutoModeSettings): Compute {
  return {
    kind: settings.kind,
    // EKS starts as many as pods need.
    fullGroups: [],
    zones: [],
    problems: () => [],
    prepare: (scope, { cluster, volumeKeyArn }) => {
      const role = new NodeRole(scope, "nodes", cluster.name);
      const { nodePools } = settings;
      const builtIn = nodePools.length > 0;
      return {
        controlPlane: {
          managedPolicies,
          permissions: ownPermissions(cluster.name, volumeKeyArn),
          tagsSessions: true,
          // EKS refuses a role without a pool, and the three may only be on together.
          computeConfig: { enabled: true, ...(builtIn ? { nodePools, nodeRoleArn: role.arn } : {}) },
          storageConfig: { blockStorage: { enabled: true } },
          elasticLoadBalancing: { enabled: true },
          dependsOn: role.policies,
        },
        add: ({ clusterName, joined }) => {
          if (!builtIn) new NodesEntry(scope, "nodes-entry", { clusterName, role });
          return { volumeKeyArn, nodeRoleName: role.roleName, dnsAddress: Fn.cidrhost(joined.serviceCidr, DNS) };
        },
      };
    },
  };
}
