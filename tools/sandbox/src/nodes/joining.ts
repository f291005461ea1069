import { EC2Client } from "@aws-sdk/client-ec2";
import type { Issue } from "@aws-sdk/client-eks";
import type { ActorCluster } from "../controllers/actor";
import { isDenied } from "../controllers/eks-cluster-role";
import { assumeAsService, complete } from "../controllers/service-session";
import { Instances } from "../eks-api/account/instances";
import type { StoredCluster, StoredNodegroup } from "../eks-api/store";
import { nodeConfigIn } from "./node-config";
import type { Member } from "./node-group-node";

const FAILED = "NodeCreationFailure";

/**
 * What an instance of a node group needs before its kubelet registers it: on an image of its owner's, user data by which nodeadm
 * finds the cluster; and a role by which it asks EC2 for its private DNS name, the node's.
 *
 * @returns why it stays away; undefined where it joins
 */
export async function reasonToStayAway(cluster: ActorCluster, member: Member): Promise<string | undefined> {
  const { nodegroup, source } = member.stored;
  if (source.userData !== undefined && !leadsTo(cluster.record.cluster, source.userData))
    return "its user data does not tell nodeadm the cluster's name, API endpoint, certificate authority and service range";
  if (!(await mayAskForName(cluster, member))) return `its role ${nodegroup.nodeRole} may not ask EC2 for its name`;
  return undefined;
}

function leadsTo(cluster: StoredCluster, userData: string): boolean {
  const { name, endpoint, certificateAuthority, kubernetesNetworkConfig } = cluster;
  const told = nodeConfigIn(userData);
  return (
    told?.name === name &&
    told.apiServerEndpoint === endpoint &&
    told.certificateAuthority === certificateAuthority?.data &&
    told.cidr === kubernetesNetworkConfig?.serviceIpv4Cidr
  );
}

/** EC2 says nothing of whose instance it is when it hands out the role. */
async function mayAskForName(cluster: ActorCluster, { stored, instance }: Member): Promise<boolean> {
  const asked = { RoleArn: stored.nodegroup.nodeRole, RoleSessionName: instance.id };
  const { awsEndpoint: endpoint, region } = cluster;
  try {
    const credentials = complete(await assumeAsService(cluster, { service: "ec2.amazonaws.com" }, asked));
    const ec2 = new EC2Client({ endpoint, region, credentials });
    await new Instances(ec2).running([instance.id]).finally(() => {
      ec2.destroy();
    });
    return true;
  } catch (fault) {
    if (isDenied(fault)) return false;
    throw fault;
  }
}

/**
 * Has a node group's health name the instances that do not join, in EKS's words; nothing where all have.
 *
 * @returns those that it did not name before
 */
export function tellJoining({ nodegroup }: StoredNodegroup, instanceIds: readonly string[]): string[] {
  const known = nodegroup.health?.issues ?? [];
  const others = known.filter(({ code }) => code !== FAILED);
  if (instanceIds.length === 0 && others.length === known.length) return [];
  const message = "Instances failed to join the kubernetes cluster";
  const own: Issue[] = instanceIds.length === 0 ? [] : [{ code: FAILED, message, resourceIds: [...instanceIds] }];
  nodegroup.health = { issues: [...others, ...own] };
  nodegroup.status = own.length === 0 ? "ACTIVE" : "DEGRADED";
  const named = known.flatMap(({ code, resourceIds = [] }) => (code === FAILED ? resourceIds : []));
  return instanceIds.filter((id) => !named.includes(id));
}
