import { type AssumeRoleCommandInput, type Credentials, STSServiceException } from "@aws-sdk/client-sts";
import type { ActorCluster } from "./actor";
import type { KubernetesClient } from "./kubernetes/client";
import { kinds } from "./kubernetes/kinds";
import type { ObjectReference } from "./kubernetes/object";
import { assumeAsService, type SessionTags } from "./service-session";

/** Who assumes roles for pods. */
const SERVICE = "pods.eks.amazonaws.com";

/**
 * What EKS says of a pod when it assumes a role for it: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 *
 * @param eks with EKS's own rights
 * @throws Error where no pod runs as the service account: there is nobody to give credentials to
 */
export async function podTags(
  { name: cluster, record }: ActorCluster,
  eks: Pick<KubernetesClient, "list">,
  { name, namespace = "" }: ObjectReference,
): Promise<SessionTags> {
  const { items } = await eks.list(kinds.pods, { namespace });
  const pod = items.find(({ metadata, spec }) => spec.serviceAccountName === name && !metadata.deletionTimestamp);
  if (pod === undefined) throw new Error(`no credentials: no pod runs as service account ${namespace}/${name}`);
  return {
    "eks-cluster-arn": record.cluster.arn,
    "eks-cluster-name": cluster,
    "kubernetes-namespace": namespace,
    "kubernetes-service-account": name,
    "kubernetes-pod-name": pod.metadata.name,
    "kubernetes-pod-uid": pod.metadata.uid ?? "",
  };
}

/** What STS is told of the cluster whose pods act. */
interface PodsCluster extends Pick<ActorCluster, "accountId" | "awsEndpoint" | "region"> {
  readonly record: { readonly cluster: Pick<ActorCluster["record"]["cluster"], "arn"> };
}

/**
 * STS's session of a role for a pod: EKS asks as a service, and says for which account and cluster.
 *
 * @throws the SDK's AccessDenied where the role does not trust it
 */
export async function assumeForPod(
  cluster: PodsCluster,
  asked: Pick<AssumeRoleCommandInput, "RoleArn" | "RoleSessionName">,
  tags: SessionTags,
): Promise<Credentials | undefined> {
  return assumeAsService(cluster, { service: SERVICE, sourceArn: cluster.record.cluster.arn }, asked, tags);
}

/**
 * Credentials that a pod is given. EKS Pod Identity assumes roles as a service, for the account and the cluster.
 *
 * @param tags none where the association disables them
 * @throws Error, in EKS's words, where the role does not trust it
 */
export async function credentialsForPod(
  cluster: PodsCluster & Pick<ActorCluster, "name">,
  asked: Parameters<typeof assumeForPod>[1],
  tags: SessionTags,
): Promise<Credentials | undefined> {
  try {
    return await assumeForPod(cluster, asked, tags);
  } catch (error) {
    if (!(error instanceof STSServiceException) || error.name !== "AccessDenied") throw error;
    throw new Error(
      `no credentials: Unauthorized Exception! EKS does not have permissions to assume the associated role ${String(asked.RoleArn)}: its trust policy has to let ${SERVICE} do sts:AssumeRole and sts:TagSession for cluster ${cluster.name} and this service account`,
      { cause: error },
    );
  }
}
