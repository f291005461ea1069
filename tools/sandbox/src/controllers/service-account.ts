import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Account } from "../eks-api/account/account";
import type { ActorCluster } from "./actor";
import { KubernetesClient, type ServiceAccountToken } from "./kubernetes/client";
import { kinds } from "./kubernetes/kinds";
import type { ObjectReference } from "./kubernetes/object";
import { credentialsForPod, podTags } from "./pod-identity";
import { type AwsCredentials, complete } from "./service-session";

/** A role, and by what a service account has it. */
interface AssociatedRole {
  readonly arn: string;
  readonly by: "pod identity" | "pod identity without tags" | "IRSA";
}

/** Milliseconds before its end when a token or a session is made anew. */
const RENEWAL = 10 * 60_000;

/** Whom the web identity token of a service account is for, in IRSA. */
const STS_AUDIENCE = "sts.amazonaws.com";

/** Annotation of IRSA. */
const ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";

/** A service account as a pod of it would be: its token in the cluster, and the role that it is associated with in AWS. */
export class ServiceAccountIdentity {
  /** The cluster as this service account: what its RBAC forbids is forbidden. */
  readonly kubernetes: KubernetesClient;
  #token: ServiceAccountToken | undefined;
  #session: { readonly role: string; readonly credentials: AwsCredentials } | undefined;

  constructor(
    private readonly cluster: ActorCluster,
    private readonly account: Account,
    /** With EKS's own rights. */
    private readonly eks: KubernetesClient,
    private readonly reference: Required<ObjectReference>,
  ) {
    const { endpoint = "", certificateAuthority } = cluster.record.cluster;
    const pem = Buffer.from(certificateAuthority?.data ?? "", "base64").toString();
    const connection = { endpoint, certificateAuthority: pem, token: () => this.token() };
    this.kubernetes = new KubernetesClient(connection, reference.name);
  }

  /** Its token, as it is projected into a pod: good for some minutes at least. */
  async token(): Promise<string> {
    if (this.#token === undefined || this.#token.expires.getTime() < Date.now() + RENEWAL) {
      this.#token = await this.eks.token(this.reference);
    }
    return this.#token.token;
  }

  /**
   * Credentials of its role, by EKS Pod Identity's association or IRSA's annotation, good for some minutes at least.
   *
   * @throws Error where it has no role, or the role is not there
   */
  async credentials(): Promise<AwsCredentials> {
    const role = await this.#role();
    const problem = await this.account.identities.problemWithRole(role.arn);
    if (problem !== undefined) throw new Error(`no credentials: ${problem}`);
    const session = this.#session;
    if (session?.role === role.arn && session.credentials.expiration.getTime() > Date.now() + RENEWAL) {
      return session.credentials;
    }
    const credentials = await this.#assume(role);
    this.#session = { role: role.arn, credentials };
    return credentials;
  }

  async #role(): Promise<AssociatedRole> {
    const { name, namespace = "" } = this.reference;
    const association = this.cluster.record.podIdentityAssociations
      .values()
      .find((candidate) => candidate.namespace === namespace && candidate.serviceAccount === name);
    if (association?.roleArn !== undefined) {
      const by = association.disableSessionTags === true ? "pod identity without tags" : "pod identity";
      return { arn: association.roleArn, by };
    }
    const account = await this.eks.get(kinds.serviceAccounts, this.reference);
    const annotated = account?.metadata.annotations?.[ROLE_ANNOTATION];
    if (annotated !== undefined) return { arn: annotated, by: "IRSA" };
    throw new Error(
      `no credentials: service account ${namespace}/${name} has neither a Pod Identity association nor the annotation ${ROLE_ANNOTATION}`,
    );
  }

  async #assume({ arn, by }: AssociatedRole): Promise<AwsCredentials> {
    const { awsEndpoint: endpoint, region, name: cluster } = this.cluster;
    const asked = { RoleArn: arn, RoleSessionName: `eks-${cluster}-${this.reference.name}`.slice(0, 64) };
    if (by !== "IRSA") {
      const tags = by === "pod identity" ? await podTags(this.cluster, this.eks, this.reference) : {};
      return complete(await credentialsForPod(this.cluster, asked, tags));
    }
    const { token } = await this.eks.token(this.reference, STS_AUDIENCE);
    // Whoever holds the token needs no key.
    const sts = new STSClient({ endpoint, region, credentials: { accessKeyId: "none", secretAccessKey: "none" } });
    const command = new AssumeRoleWithWebIdentityCommand({ ...asked, WebIdentityToken: token });
    return complete((await sts.send(command).finally(() => sts.destroy())).Credentials);
  }
}
