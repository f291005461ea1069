import type { Context } from "../context";
import { EksError } from "../http/errors";
import { type Call, get, post, remove } from "../http/route";
import type { ClusterRecord } from "../store";
import { createCluster } from "./create";
import { withdrawIssuer } from "./issuer";
import { writeLastRecords } from "./logging";
import { associateEncryptionRequest, createClusterRequest, updateConfigRequest, updateVersionRequest } from "./request";
import { associateEncryptionConfig, updateClusterConfig, updateClusterVersion } from "./update";

function describeCluster({ store }: Context, { parameter }: Call<"name">) {
  return { cluster: store.clusters.get(parameter("name")).cluster };
}

function listClusters({ store }: Context) {
  return { clusters: store.clusters.names() };
}

/**
 * Deletes at once: a cluster that shows DELETING costs Terraform half a minute. Add-ons, access entries and associations go
 * with it; node groups and profiles must be gone before.
 */
async function deleteCluster(context: Context, { parameter }: Call<"name">) {
  const { store, controlPlane, controllers, account } = context;
  const record = store.clusters.get(parameter("name"));
  const { cluster } = record;
  checkDeletable(record);
  const { status } = cluster;
  cluster.status = "DELETING";
  try {
    await controllers.stop(cluster.name);
    await withdrawIssuer(context, cluster);
    await controlPlane.stop(cluster.name);
    const group = cluster.resourcesVpcConfig.clusterSecurityGroupId;
    if (group !== undefined) await account.network.deleteSecurityGroup(group);
  } catch (fault) {
    cluster.status = status;
    throw fault;
  }
  store.clusters.delete(cluster.name);
  void writeLastRecords(context, cluster);
  return { cluster };
}

function checkDeletable({ cluster, nodegroups, fargateProfiles }: ClusterRecord): void {
  const inUse = (text: string) => new EksError("ResourceInUseException", text);
  // "in progress" makes Terraform try again.
  if (cluster.status === "CREATING") throw inUse(`Cluster ${cluster.name} has a creation in progress.`);
  if (cluster.status === "DELETING") throw inUse(`Cluster ${cluster.name} has a deletion in progress.`);
  if (nodegroups.names().length > 0) throw inUse("Cluster has nodegroups attached");
  if (fargateProfiles.names().length > 0) throw inUse("Cluster has Fargate profiles attached");
}

export const clusterRoutes = [
  post("CreateCluster", "/clusters", createClusterRequest, createCluster),
  get("ListClusters", "/clusters", listClusters),
  get("DescribeCluster", "/clusters/{name}", describeCluster),
  remove("DeleteCluster", "/clusters/{name}", deleteCluster),
  post("UpdateClusterVersion", "/clusters/{name}/updates", updateVersionRequest, updateClusterVersion),
  post("UpdateClusterConfig", "/clusters/{name}/update-config", updateConfigRequest, updateClusterConfig),
  post(
    "AssociateEncryptionConfig",
    "/clusters/{name}/encryption-config/associate",
    associateEncryptionRequest,
    associateEncryptionConfig,
  ),
];
