import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  type Credentials,
  STSClient,
  STSServiceException,
} from "@aws-sdk/client-sts";
import { isRecord } from "@demarc/shared/json";
import type { ActorCluster } from "./actor";
import type { KubernetesClient } from "./kubernetes/client";
import { kinds } from "./kubernetes/kinds";
import type { ObjectReference } from "./kubernetes/object";

/** Who assumes roles for pods. */
const SERVICE = "pods.eks.amazonaws.com";

/** Tags of a session. */
export type SessionTags = Readonly<Record<string, string>>;

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
 * STS's session of a role for a pod: EKS asks as a service, and says for which account and cluster. The local AWS takes the
 * service's name for an access key.
 *
 * @throws the SDK's AccessDenied where the role does not trust it
 */
export async function assumeForPod(
  { accountId, awsEndpoint: endpoint, region, record }: PodsCluster,
  asked: Pick<AssumeRoleCommandInput, "RoleArn" | "RoleSessionName">,
  tags: SessionTags,
): Promise<Credentials | undefined> {
  const credentials = { accessKeyId: SERVICE, secretAccessKey: SERVICE };
  const sts = new STSClient({ endpoint, region, credentials });
  const source = { "x-amz-source-account": accountId, "x-amz-source-arn": record.cluster.arn };
  sts.middlewareStack.add(
    (next) => (given) => {
      const { request } = given;
      if (isRecord(request) && isRecord(request["headers"])) Object.assign(request["headers"], source);
      return next(given);
    },
    { step: "build" },
  );
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return (await sts.send(new AssumeRoleCommand({ ...asked, Tags })).finally(() => sts.destroy())).Credentials;
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
