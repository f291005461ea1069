import type { Written } from "../controllers/kubernetes/client";
import type { Node, Pod } from "../controllers/kubernetes/kinds";

export interface Taint {
  readonly key: string;
  readonly value?: string;
  /** NoSchedule, PreferNoSchedule or NoExecute. */
  readonly effect: string;
}

/** What every node is known by. */
export interface NodeFacts {
  readonly name: string;
  readonly region: string;
  readonly zone: string;
  readonly architecture: "amd64" | "arm64";
  /** @default none, as on Fargate */
  readonly instanceType?: string;
  readonly privateIp: string;
  readonly providerId: string;
  /** Block that its pods' addresses are of. */
  readonly podCidr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly capacity: Readonly<Record<string, string>>;
  readonly allocatable: Readonly<Record<string, string>>;
  /** e.g. v1.35.4 */
  readonly kubeletVersion: string;
}

/** The private DNS name of an address, after which EC2 and Fargate nodes are named. */
export function privateDnsName(privateIp: string, region: string): string {
  const domain = region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
  return `ip-${privateIp.replaceAll(".", "-")}.${domain}`;
}

/** The labels that a kubelet and the cloud provider give every node. */
export function wellKnownLabels(
  facts: Pick<NodeFacts, "name" | "region" | "zone" | "architecture" | "instanceType">,
): Record<string, string> {
  const { name, region, zone, architecture, instanceType } = facts;
  return {
    "kubernetes.io/arch": architecture,
    "kubernetes.io/hostname": name,
    "kubernetes.io/os": "linux",
    "topology.kubernetes.io/region": region,
    "topology.kubernetes.io/zone": zone,
    ...(instanceType !== undefined && { "node.kubernetes.io/instance-type": instanceType }),
  };
}

/** By this KWOK knows that a node is its own. */
const KWOK = { "kwok.x-k8s.io/node": "fake" };

/** A node as its kubelet would register it. KWOK plays the kubelet from then on. */
export function nodeObject(facts: NodeFacts): Written {
  const { name, privateIp, architecture, capacity, allocatable, kubeletVersion } = facts;
  return {
    metadata: {
      name,
      labels: { ...wellKnownLabels(facts), ...facts.labels },
      annotations: { "alpha.kubernetes.io/provided-node-ip": privateIp, ...KWOK },
    },
    spec: {
      podCIDR: facts.podCidr,
      podCIDRs: [facts.podCidr],
      providerID: facts.providerId,
      taints: facts.taints,
    },
    status: {
      capacity,
      allocatable,
      addresses: [
        { type: "InternalIP", address: privateIp },
        { type: "Hostname", address: name },
        { type: "InternalDNS", address: name },
      ],
      nodeInfo: {
        architecture,
        operatingSystem: "linux",
        kubeletVersion,
        kubeProxyVersion: kubeletVersion,
        // What a node made of nothing has not.
        bootID: "",
        containerRuntimeVersion: "",
        kernelVersion: "",
        machineID: "",
        osImage: "",
        systemUUID: "",
      },
    },
  };
}

/** Id of the instance that a node runs on: the last part of its provider id. */
export function instanceOf({ spec }: Node): string | undefined {
  return spec.providerID?.split("/").at(-1);
}

export function isReady({ status }: Node): boolean {
  return status?.conditions?.some(({ type, status: state }) => type === "Ready" && state === "True") ?? false;
}

/** Whether a DaemonSet keeps the pod: it belongs to its node and goes with it. */
export function isDaemonPod({ metadata }: Pod): boolean {
  return metadata.ownerReferences?.some(({ kind }) => kind === "DaemonSet") ?? false;
}

/** Whether the pod has ended, well or not: it needs nothing any more. */
export function isDone({ status }: Pod): boolean {
  return status?.phase === "Succeeded" || status?.phase === "Failed";
}

/** Whether a node has joined in full, and is not about to leave. */
export function takesPods(node: Node): boolean {
  const { unschedulable, taints = [] } = node.spec;
  return isReady(node) && unschedulable !== true && taints.every(({ key }) => key !== "node.kubernetes.io/not-ready");
}

/** Whether the scheduler has looked for a node for the pod, and found none. */
export function isUnschedulable(pod: Pod): boolean {
  const { metadata, spec, status } = pod;
  return (
    spec.nodeName === undefined &&
    metadata.deletionTimestamp === undefined &&
    !isDaemonPod(pod) &&
    (status?.conditions?.some(({ type, reason }) => type === "PodScheduled" && reason === "Unschedulable") ?? false)
  );
}
