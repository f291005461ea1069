import type { ClusterIssue } from "@aws-sdk/client-eks";
import { reasonOf } from "../eks-api/http/errors";
import type { ActorCluster } from "./actor";
import { assumeAsService, type AwsCredentials, complete, type SessionTags } from "./service-session";

/** Errors by which AWS's services say that IAM does not allow a call. */
const DENIED = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"];

/**
 * A cluster's own role, as which its control plane manages nodes, and Auto Mode makes them and load balancers:
 * https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html
 */
export class EksClusterRole {
  #issue: ClusterIssue | undefined;

  constructor(private readonly cluster: ActorCluster) {}

  /** What a client of AWS's SDKs is made with: it asks for a new session before the old one ends. */
  get client(): {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: () => Promise<AwsCredentials>;
  } {
    const { awsEndpoint: endpoint, region } = this.cluster;
    return { endpoint, region, credentials: () => this.#assume() };
  }

  /** Does something as the role. What IAM refuses then is an issue of the cluster's health, until it is allowed. */
  async act<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      const result = await work();
      this.#tell(undefined);
      return result;
    } catch (fault) {
      const { roleArn } = this.cluster.record.cluster;
      if (isDenied(fault)) this.#tell({ code: "AccessDenied", message: reasonOf(fault), resourceIds: [roleArn] });
      throw fault;
    }
  }

  async #assume(): Promise<AwsCredentials> {
    const { name, record } = this.cluster;
    const { arn, roleArn: RoleArn, computeConfig } = record.cluster;
    // The policies of Auto Mode hold the role to what bears its cluster's name, by this tag.
    const tags: SessionTags = computeConfig?.enabled === true ? { "eks:eks-cluster-name": name } : {};
    const by = { service: "eks.amazonaws.com", sourceArn: arn };
    return complete(await assumeAsService(this.cluster, by, { RoleArn, RoleSessionName: name.slice(0, 64) }, tags));
  }

  #tell(issue: ClusterIssue | undefined): void {
    const { cluster } = this.cluster.record;
    const others = (cluster.health?.issues ?? []).filter((known) => known !== this.#issue);
    cluster.health = { issues: issue === undefined ? others : [...others, issue] };
    this.#issue = issue;
  }
}

/** Whether AWS answered that IAM does not allow it. */
export function isDenied(fault: unknown): boolean {
  return fault instanceof Error && DENIED.includes(fault.name);
}
