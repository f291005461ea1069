import type { ConsumedValues, PublishedValues } from "@demarc/shared/contract";
import type { clusterContract, networkContract } from "@demarc/shared/contracts";
import type { ComputeKind, Environment, Problem } from "@demarc/shared/environment";
import type { EksClusterConfig, EksClusterKubernetesNetworkConfig } from "@cdktf/provider-aws/lib/eks-cluster";
import type { Statement } from "@demarc/shared/iam";
import type { ITerraformDependable, Precondition } from "cdktf";
import type { Construct } from "constructs";
import type { Cluster } from "../cluster";
import type { LiveCluster } from "../live-cluster";

/** How the pods of a cluster get machines: one kind of compute, with what its settings say. Nothing else asks which kind it is. */
export interface Compute {
  readonly kind: ComputeKind;
  /** Groups of nodes, each with its most nodes. Empty where nobody can say how many there will be. */
  readonly fullGroups: readonly FullGroup[];
  /** Where the settings name zones, which must be the network's. */
  readonly zones: readonly NamedZones[];
  /** What is wrong between the settings and the environment, and a cluster of that Kubernetes version. Paths begin below `compute`. */
  problems(environment: Environment, version: string): Problem[];
  /** Makes what has to be there before the control plane. */
  prepare(scope: Construct, basis: ComputeBasis): PreparedCompute;
}

/** The compute of a cluster whose control plane is to be made. */
export interface PreparedCompute {
  readonly controlPlane: ForControlPlane;
  /** Makes what runs pods, with the add-ons of EKS that it needs. */
  add(props: ComputeProps): ComputeOutputs;
}

/** Nodes that a setting makes at most. */
export interface FullGroup {
  /** Name in the cluster, such as `general`. */
  readonly name: string;
  /** Letters of the zones in which it makes a group each; undefined where one group stands in all of them. */
  readonly zones: readonly string[] | undefined;
  /** Nodes of one group. */
  readonly nodes: number;
  /** Addresses that a node full of pods takes. */
  readonly each: number;
}

/** A setting that names zones. */
export interface NamedZones {
  /** Where it stands below `compute`. */
  readonly path: readonly string[];
  /** Letters of the zones. */
  readonly zones: readonly string[];
}

/** What is known of a cluster before its control plane is made. */
export interface ComputeBasis {
  readonly environment: Environment;
  readonly cluster: Cluster;
  /** KMS key of the nodes' disks and of the volumes that pods ask for. */
  readonly volumeKeyArn: string;
}

/** What a kind of compute adds to the control plane. */
export interface ForControlPlane
  extends
    Pick<EksClusterConfig, "computeConfig" | "storageConfig">,
    Pick<EksClusterKubernetesNetworkConfig, "elasticLoadBalancing"> {
  /** Policies that AWS keeps, beside that of every cluster, by name. @default none */
  readonly managedPolicies?: readonly string[];
  /** What its role may do beside. @default nothing */
  readonly permissions?: readonly Statement[];
  /** Whether EKS tags the sessions of its role, which its role must then trust it to do. @default false */
  readonly tagsSessions?: boolean;
  /** What must be there before it. @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
  /** What a plan must find to be true. @default nothing */
  readonly preconditions?: readonly Precondition[];
}

/** A cluster's API as its resource gives it. */
export interface Joined {
  /** URL of its API. */
  readonly endpoint: string;
  /** CA certificate of the API, PEM in base64. */
  readonly certificateAuthority: string;
  /** IPv4 range of Services' addresses, which EKS chose where no setting says it. */
  readonly serviceCidr: string;
}

export interface ComputeProps extends ComputeBasis {
  /** Name of the cluster, as its resource gives it: whoever uses it is made after the cluster. */
  readonly clusterName: string;
  /** What nodes need to know of it that nobody else tells. */
  readonly joined: Joined;
  readonly network: ConsumedValues<typeof networkContract>;
  /** Security group that EKS made for the control plane, and for whatever runs in the cluster and has no other. */
  readonly securityGroupId: string;
  /** CloudWatch log group of the pods. */
  readonly podLogGroupArn: string;
  readonly live: LiveCluster;
}

/** What of the cluster's contract only some kinds of compute have; `publish` wants it of those that have it, and of no other. */
export type ComputeOutputs = Partial<
  Pick<
    PublishedValues<typeof clusterContract>,
    "dnsAddress" | "nodeRoleName" | "podNamespaces" | "podSecurityGroupId" | "teamSecurityGroupIds" | "volumeKeyArn"
  >
>;
