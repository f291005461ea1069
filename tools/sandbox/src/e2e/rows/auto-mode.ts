import assert from "node:assert/strict";
import { DescribeClusterCommand, ListAddonsCommand, ListNodegroupsCommand } from "@aws-sdk/client-eks";
import { k8sPlatform } from "@demarc/shared/workspace";
import type { KubernetesClient } from "../../controllers/kubernetes/client";
import { kinds } from "../../controllers/kubernetes/kinds";
import type { KubernetesObject, ResourceKind } from "../../controllers/kubernetes/object";
import { serviceAddress } from "../../kubernetes/service-address";
import { nodeClasses, nodePools } from "../../nodes/auto-mode/kinds";
import { COMPUTE_TYPE } from "../../nodes/auto-mode/pools";
import type { Live, Row } from "./row";

/** Pods on EKS Auto Mode. */
export const autoMode: readonly Row[] = [
  { id: "S1.2", what: "what is built in and nobody installs", look: builtIn },
  { id: "B.5", what: "pools of nodes, and where pods run", look: pools },
  { id: "B.5", what: "the way to DNS, which has no pods", look: dns },
  { id: "B.5", what: "network policies and volumes of EKS's own", look: policiesAndVolumes },
];

const storageClasses: ResourceKind = {
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  plural: "storageclasses",
  namespaced: false,
};

/** The clusters of Auto Mode, as the owner of k8s-platform sees them. */
async function clustersOf({ clusters, environment }: Live): Promise<(readonly [string, KubernetesClient])[]> {
  return [...(await clusters(k8sPlatform.team(environment)))];
}

const namesOf = (objects: readonly KubernetesObject[]) => objects.map(({ metadata }) => metadata.name).sort();

async function builtIn(live: Live): Promise<string> {
  const seen = new Set<string>();
  for (const [clusterName, kubernetes] of await clustersOf(live)) {
    assert.deepEqual((await live.eks.send(new ListAddonsCommand({ clusterName }))).addons, []);
    assert.deepEqual((await live.eks.send(new ListNodegroupsCommand({ clusterName }))).nodegroups, []);
    const { items: deployments } = await kubernetes.list(kinds.deployments, { namespace: "kube-system" });
    const { items: daemons } = await kubernetes.list(kinds.daemonSets, { namespace: "kube-system" });
    assert.deepEqual(namesOf(deployments), ["external-dns", "metrics-server"]);
    assert.deepEqual(namesOf(daemons), ["aws-for-fluent-bit"]);
    for (const name of namesOf([...deployments, ...daemons])) seen.add(name);
  }
  return `no add-on of EKS's, no node group, no controller of load balancers or nodes; installed: ${[...seen].join(", ")}`;
}

async function pools(live: Live): Promise<string> {
  const told: string[] = [];
  for (const [, kubernetes] of await clustersOf(live)) {
    const { items: own } = await kubernetes.list(nodePools);
    assert.deepEqual(namesOf((await kubernetes.list(nodeClasses)).items), ["apps"]);
    const { items: nodes } = await kubernetes.list(kinds.nodes);
    assert.notEqual(nodes.length, 0);
    for (const { metadata } of nodes) {
      for (const [key, value] of Object.entries(COMPUTE_TYPE)) assert.equal(metadata.labels?.[key], value);
    }
    const poolOf = ({ metadata }: KubernetesObject) => metadata.labels?.["karpenter.sh/nodepool"] ?? "";
    for (const pool of namesOf(own)) told.push(`${pool} ${String(nodes.filter((it) => poolOf(it) === pool).length)}`);
    const { items: pods } = await kubernetes.list(kinds.pods);
    const waiting = pods.filter(({ status }) => status?.phase === "Pending");
    assert.deepEqual(namesOf(waiting), []);
    // Of most weight, and its requirements hold for what the pods need.
    assert.ok(nodes.every((node) => poolOf(node) === "apps"));
  }
  return `nodes by pool: ${told.join(", ")}; no pod waits`;
}

async function dns(live: Live): Promise<string> {
  const told = new Set<string>();
  for (const [name, kubernetes] of await clustersOf(live)) {
    const { cluster } = await live.eks.send(new DescribeClusterCommand({ name }));
    const address = serviceAddress(cluster?.kubernetesNetworkConfig?.serviceIpv4Cidr ?? "", 10);
    const { items } = await kubernetes.list(kinds.networkPolicies);
    const open = items.filter(({ metadata }) => metadata.name === "allow-dns");
    assert.equal(open.length, Object.keys(live.environment.teams).length);
    for (const policy of open) assert.match(JSON.stringify(policy), new RegExp(`"cidr":"${address}/32"`));
    const { items: pods } = await kubernetes.list(kinds.pods, { labelSelector: "k8s-app=kube-dns" });
    assert.deepEqual(namesOf(pods), []);
    told.add(`${address}, from ${String(open.length)} namespaces`);
  }
  return [...told].join("; ");
}

async function policiesAndVolumes(live: Live): Promise<string> {
  for (const [, kubernetes] of await clustersOf(live)) {
    const map = await kubernetes.get(kinds.configMaps, { namespace: "kube-system", name: "amazon-vpc-cni" });
    assert.match(JSON.stringify(map), /"enable-network-policy-controller":"true"/);
    const volumes = await kubernetes.get(storageClasses, { name: "gp3" });
    assert.match(JSON.stringify(volumes), /"provisioner":"ebs\.csi\.eks\.amazonaws\.com"/);
  }
  return "on by ConfigMap amazon-vpc-cni; class gp3 of ebs.csi.eks.amazonaws.com";
}
