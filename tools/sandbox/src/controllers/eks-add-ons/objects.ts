import { ADDON_NAMESPACE } from "../../eks-api/addon/catalog";
import type { Written } from "../kubernetes/client";
import { kinds } from "../kubernetes/kinds";
import type { ResourceKind } from "../kubernetes/object";
import { type AddOnContent, type AddOnWorkload, DNS_APP } from "./workloads";

/** An object, and its kind. */
export interface AddOnObject {
  readonly kind: ResourceKind;
  readonly object: Written;
}

/** Replicas of a Deployment: EKS's own default. */
const REPLICAS = 2;

/** @param dnsAddress address of the cluster's DNS service @param version the add-on's */
export function objectsOf({ workloads, servesDns }: AddOnContent, version: string, dnsAddress: string): AddOnObject[] {
  const accounts = workloads.map(({ serviceAccount }) => serviceAccount).filter((name) => name !== "default");
  return [
    ...accounts.map((name) => ({ kind: kinds.serviceAccounts, object: { metadata: metadataOf(name) } })),
    ...workloads.map((workload) => workloadObject(workload, version)),
    ...(servesDns === true ? [dnsService(dnsAddress)] : []),
  ];
}

function metadataOf(name: string) {
  return { name, namespace: ADDON_NAMESPACE, labels: { "k8s-app": name } };
}

function workloadObject(workload: AddOnWorkload, version: string): AddOnObject {
  const { kind, name, app = name } = workload;
  const selector = { matchLabels: { "k8s-app": app } };
  const template = { metadata: { labels: selector.matchLabels }, spec: podSpec(workload, version) };
  if (kind === "DaemonSet") {
    return { kind: kinds.daemonSets, object: { metadata: metadataOf(name), spec: { selector, template } } };
  }
  const spec = { replicas: REPLICAS, selector, template };
  return { kind: kinds.deployments, object: { metadata: metadataOf(name), spec } };
}

function podSpec({ kind, serviceAccount, hostNetwork, containers }: AddOnWorkload, version: string): object {
  const isDaemon = kind === "DaemonSet";
  return {
    serviceAccountName: serviceAccount,
    hostNetwork: hostNetwork ?? isDaemon,
    priorityClassName: isDaemon ? "system-node-critical" : "system-cluster-critical",
    tolerations: isDaemon ? [{ operator: "Exists" }] : [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    ...(isDaemon ? { affinity: { nodeAffinity: OWN_NODES } } : {}),
    containers: containers.map(({ name, requests }) => ({
      name,
      image: `demarc.local/sandbox/${name}:${version}`,
      ...(requests === undefined ? {} : { resources: { requests } }),
    })),
  };
}

/** Nodes of the cluster's own groups. */
const OWN_NODES = {
  requiredDuringSchedulingIgnoredDuringExecution: {
    nodeSelectorTerms: [
      {
        matchExpressions: [
          { key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: ["fargate", "hybrid", "auto"] },
        ],
      },
    ],
  },
};

function dnsService(clusterIP: string): AddOnObject {
  const ports = [
    { name: "dns", port: 53, protocol: "UDP" },
    { name: "dns-tcp", port: 53, protocol: "TCP" },
  ];
  const spec = { clusterIP, selector: { "k8s-app": DNS_APP }, ports };
  return { kind: kinds.services, object: { metadata: metadataOf("kube-dns"), spec } };
}
