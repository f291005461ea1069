import type {
  NetworkPolicyV1SpecEgress,
  NetworkPolicyV1SpecIngress,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import type { ConsumedValues } from "@demarc/shared/contract";
import type { dnsContract, networkContract } from "@demarc/shared/contracts";
import type { ComputeKind, Environment, Exposure } from "@demarc/shared/environment";
import type { Statement } from "@demarc/shared/iam";
import type { JsonObject } from "@demarc/shared/json";
import type { KubernetesStack } from "@demarc/shared/stack";
import type { ClusterReference } from "../cluster";
import type { Chart } from "../versions";

/** What the values and permissions of an add-on are made from. */
export interface AddOnContext {
  /** The stack that the add-on is in. */
  readonly stack: KubernetesStack;
  readonly environment: Environment;
  readonly cluster: ClusterReference;
  readonly network: ConsumedValues<typeof networkContract>;
  readonly dns: ConsumedValues<typeof dnsContract>;
  /** Tags of whatever the add-on makes in AWS. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Priority class of an add-on's pods, by what it is; Kubernetes has both classes in every cluster. On a full node a pod without a
 * class waits, or gives way to others: a node's logs are lost, and an app's records and targets stand still. Whatever
 * runs on each node comes first, for its pod has no other node to go to.
 *
 * Kubernetes lets pods of both classes into every namespace, unless its API server is told to want a ResourceQuota of that scope
 * there: GKE's is, and EKS documents no such thing. A team's namespace has such a quota, of none (tenancy/scoped-quotas.ts).
 */
const PRIORITY_CLASSES = {
  /** One pod on every node. */
  "node-agent": "system-node-critical",
  /** Some pods for the whole cluster. */
  controller: "system-cluster-critical",
} as const;

/** The priority class that the pods of an add-on get. */
export function priorityClassOf({ runsAs }: Pick<AddOn, "runsAs">): string {
  return PRIORITY_CLASSES[runsAs];
}

/** What the installation adds to the values, in the place where the chart wants it. */
export interface Installation {
  /** The service account that has the add-on's role. */
  readonly serviceAccount: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
  /** Repository of the image: the registry's own or the mirror's. Its tag is the chart's. */
  readonly image: string;
  /** Priority class of its pods. */
  readonly priorityClassName: string;
}

/** Rules of a NetworkPolicy. */
export interface Ways {
  readonly ingress: NetworkPolicyV1SpecIngress[];
  readonly egress: NetworkPolicyV1SpecEgress[];
}

/** A controller that the platform installs by Helm, on the compute kinds `K`. */
export interface AddOn<K extends ComputeKind = ComputeKind> {
  /** Name of the release, of the service account and, after the cluster's name, of the role. */
  readonly name: string;
  readonly chart: Chart;
  /** Repository of the image that the chart takes by itself. */
  readonly image: string;
  /**
   * kube-system, which EKS makes, or one of its own: that is made with it, for pods as Pod Security's `restricted` wants them, and
   * closed but for DNS, the APIs of AWS and Kubernetes, `calledOn` and `ways`.
   */
  readonly namespace: string;
  /** Ports of its pods that the API server calls, such as a webhook's, in a namespace of its own. @default none */
  readonly calledOn?: readonly number[];
  /** What its pods receive and send in a namespace of its own, beside that. @default nothing */
  ways?(context: AddOnContext): Ways;
  /** Labels of a namespace of its own, which controllers go by. @default none */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  /** API groups of the chart's custom resources that it needs. @default all of them */
  readonly customResources?: readonly string[];
  /** A pod on every node (a DaemonSet), or a controller for the whole cluster (a Deployment): its pods' priority follows. */
  readonly runsAs: keyof typeof PRIORITY_CLASSES;
  readonly runsOn: readonly K[];
  /** Why it is not installed on the others, for whoever asks for it there. */
  readonly notOn: Readonly<Record<Exclude<ComputeKind, K>, string>>;
  /** The exposures with which it is installed, and why not with others. @default any */
  readonly onlyWith?: { readonly some: (exposures: readonly Exposure[]) => boolean; readonly else: string };
  /** Add-ons that must be ready before it is installed, where they are installed. @default none */
  readonly after?: readonly string[];
  /** What it may do in AWS. @default nothing: it has no role */
  permissions?(context: AddOnContext): readonly Statement[];
  /** Values of its chart. What a setting overrides is laid over them. */
  values(context: AddOnContext, installation: Installation): JsonObject;
}

/** An add-on of whatever compute kinds. */
export type AnyAddOn = Omit<AddOn, "notOn"> & { readonly notOn: Readonly<Partial<Record<ComputeKind, string>>> };

/** Whether an add-on has a use where apps are reached so. */
export function fits({ onlyWith }: Pick<AddOn, "onlyWith">, exposures: readonly Exposure[]): boolean {
  return onlyWith?.some(exposures) ?? true;
}

/**
 * For an add-on that brings a Service: if the load balancer controller's Service webhook is ever switched on, it has to answer
 * first.
 */
export const afterWebhooks: readonly string[] = ["aws-load-balancer-controller"];

/** Disk of its node for what a controller logs: the kubelet keeps five files of 10 MiB, and begins a new one late under load. */
export const logsDisk = { "ephemeral-storage": "128Mi" };

/** CPU and memory that are enough for a controller of a cluster of some dozen nodes; memory and disk have their limit there too. */
export function controllerResources(cpu: string, memory: string): JsonObject {
  return { requests: { cpu, memory, ...logsDisk }, limits: { memory, ...logsDisk } };
}
