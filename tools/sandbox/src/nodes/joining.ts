import { EC2Client } from "@aws-sdk/client-ec2";
import type { Issue } from "@aws-sdk/client-eks";
import type { ActorCluster } from "../controllers/actor";
import { isDenied } from "../controllers/eks-cluster-role";
import { assumeAsService, complete } from "../controllers/service-session";
import { Instances } from "../eks-api/account/instances";
import type { StoredNodegroup } from "../eks-api/store";
import type { Member } from "./node-group-node";

const FAILED = "NodeCreationFailure";

/**
 * What an instance of a node group does by its role before its kubelet registers it: EKS's images ask EC2 for its private DNS
 * name, the node's. EC2 says nothing of whose instance it is when it hands out the role.
 *
 * @returns whether IAM lets it
 */
export async function mayJoin(cluster: ActorCluster, { stored, instance }: Member): Promise<boolean> {
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
