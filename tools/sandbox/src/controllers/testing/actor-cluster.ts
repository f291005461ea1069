import { ClusterRecord, type StoredCluster } from "../../eks-api/store";
import { ACCOUNT_ID, type Landscape, REGION } from "../../eks-api/testing/landscape";
import type { ActorCluster } from "../actor";

/**
 * A cluster as actors have it, without the EKS API and without a control plane.
 *
 * @param role name of its role @param more what EKS keeps of it besides
 */
export function actorCluster(
  awsEndpoint: string,
  landscape: Landscape,
  { name, role, ...more }: { readonly name: string; readonly role: string } & Partial<StoredCluster>,
): ActorCluster {
  const { vpcId, subnetIds, securityGroupId: clusterSecurityGroupId } = landscape;
  const cluster: StoredCluster = {
    name,
    arn: `arn:aws:eks:${REGION}:${ACCOUNT_ID}:cluster/${name}`,
    roleArn: landscape.role(role),
    status: "ACTIVE",
    version: "1.35",
    accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    resourcesVpcConfig: { vpcId, subnetIds: [...subnetIds], clusterSecurityGroupId },
    ...more,
  };
  const record = new ClusterRecord(cluster, landscape.role("deployer"));
  return { name, region: REGION, accountId: ACCOUNT_ID, awsEndpoint, record };
}
