import assert from "node:assert/strict";
import { ListAddonsCommand } from "@aws-sdk/client-eks";
import { clusterName, clusterNames, type ComputeKind } from "@demarc/shared/environment";
import { exposuresWith } from "@demarc/shared/exposure";
import { k8sPlatform } from "@demarc/shared/workspace";
import type { KubernetesClient } from "../../controllers/kubernetes/client";
import { kinds } from "../../controllers/kubernetes/kinds";
import type { KubernetesObject } from "../../controllers/kubernetes/object";
import { bucketOf } from "../../session";
import { ASTERISK, recordsOf, zoneOf } from "../records";
import type { Live, Row } from "./row";
import { subnetTags } from "./subnets";

/** What holds of every environment. */
export const base: readonly Row[] = [
  { id: "B.1", what: "states, by the workspace that deploys them", look: states },
  { id: "B.2", what: "contracts that workspaces read of each other", look: contracts },
  { id: "B.3, B.5", what: "what each kind of nodes needs, and nothing else", look: addOns },
  { id: "S0.8, S2.6", what: "subnets that controllers find by tag", look: subnetTags },
  { id: "S2.6", what: "the zone and the records that ExternalDNS keeps to", look: externalDns },
];

/** What a cluster has by the kind of its nodes: charts of k8s-platform's, and EKS's own add-ons. */
const NEEDED: Readonly<
  Record<ComputeKind, { readonly charts: readonly string[]; readonly addOns: readonly string[] }>
> = {
  "managed-nodes": {
    charts: [
      ...["aws-for-fluent-bit", "aws-load-balancer-controller", "cluster-autoscaler"],
      ...["external-dns", "metrics-server"],
    ],
    addOns: ["aws-ebs-csi-driver", "coredns", "eks-pod-identity-agent", "kube-proxy", "vpc-cni"],
  },
  fargate: { charts: ["aws-load-balancer-controller", "external-dns", "metrics-server"], addOns: ["coredns"] },
  "auto-mode": { charts: ["aws-for-fluent-bit", "external-dns", "metrics-server"], addOns: [] },
};

/** Label of Helm's charts: the name of the release. */
const RELEASE = "app.kubernetes.io/instance";

/** Each workspace's own, by the part of their keys that names it. */
async function states({ environment, servers }: Live): Promise<string> {
  const keys = (await bucketOf({ environment, servers }).states())
    .filter(({ key, resources }) => key.startsWith(`${environment.name}/`) && resources > 0)
    .map(({ key }) => key);
  const counts = new Map<string, number>();
  for (const key of keys) {
    const [, workspace = ""] = /\/(infra|k8s-platform|apps)\//.exec(key) ?? [];
    counts.set(workspace, (counts.get(workspace) ?? 0) + 1);
  }
  assert.deepEqual([...counts.keys()].sort(), ["apps", "infra", "k8s-platform"]);
  return [...counts].map(([workspace, count]) => `${String(count)} of ${workspace}`).join(", ");
}

/** Outputs are named `<contract>_v<version>`. */
async function contracts({ environment, servers }: Live): Promise<string> {
  const states = await bucketOf({ environment, servers }).states();
  const outputs = states.flatMap((state) => Object.keys(state.outputs));
  const served = new Set(outputs.filter((name) => /_v\d+$/.test(name)).map((name) => name.replace(/_v\d+$/, "")));
  for (const wanted of ["network", "cluster", "dns", "platform"]) assert.ok(served.has(wanted), `no ${wanted}`);
  return [...served].sort().join(", ");
}

async function addOns(live: Live): Promise<string> {
  const told = new Set<string>();
  for (const [id, { compute }] of Object.entries(live.environment.clusters)) {
    const name = clusterName(live.environment, id);
    const { charts, addOns } = NEEDED[compute.kind];
    const { addons: found = [] } = await live.eks.send(new ListAddonsCommand({ clusterName: name }));
    assert.deepEqual(found.toSorted(), addOns);
    const installed = await installedIn(await clientIn(live, name));
    // A chart that only one environment's way in needs is its rows' business.
    const known = Object.values(NEEDED).flatMap((needed) => needed.charts);
    assert.deepEqual(
      installed.filter((chart) => known.includes(chart)),
      charts,
    );
    told.add(`${compute.kind}: ${[...charts, ...addOns.map((addOn) => `EKS's ${addOn}`)].join(", ")}`);
  }
  return [...told].join("; ");
}

/** Releases of Helm's whose pods run. */
async function installedIn(kubernetes: KubernetesClient): Promise<string[]> {
  const lists = await Promise.all(
    [kinds.deployments, kinds.daemonSets].map((kind) => kubernetes.list<KubernetesObject>(kind)),
  );
  const releases = lists.flatMap(({ items }) => items.flatMap(({ metadata }) => metadata.labels?.[RELEASE] ?? []));
  return [...new Set(releases)].sort();
}

/** Its arguments hold it to the environment's zone, and a record of its own says which cluster owns each of its others. */
async function externalDns(live: Live): Promise<string> {
  const { environment, servers } = live;
  const zoneId = await zoneOf(servers, environment.domain);
  for (const name of clusterNames(environment)) {
    const kubernetes = await clientIn(live, name);
    const found = await kubernetes.get(kinds.deployments, { name: "external-dns", namespace: "kube-system" });
    const args = found?.spec.template.spec?.containers.flatMap((container) => container.args ?? []) ?? [];
    for (const wanted of [`zone-id-filter=${zoneId}`, `domain-filter=${environment.domain}`, `txt-owner-id=${name}`])
      assert.ok(args.includes(`--${wanted}`), `ExternalDNS of ${name} has no --${wanted}`);
  }
  const records = await recordsOf(servers, zoneId);
  // Terraform writes the record of an API's domain.
  const written = exposuresWith(({ restApi = false }) => restApi);
  const owned = records.filter(
    ({ type, setIdentifier = "" }) =>
      type === "A" &&
      clusterNames(environment).some((name) => setIdentifier.startsWith(`${name}-`)) &&
      !written.some((kind) => setIdentifier.endsWith(`-${kind}`)),
  );
  for (const { name, setIdentifier } of owned)
    assert.ok(
      // ExternalDNS has another word for the asterisk of a wildcard in its own record.
      records.some(
        (record) =>
          record.type === "TXT" &&
          record.setIdentifier === setIdentifier &&
          record.name.endsWith(name.replace(ASTERISK, "")),
      ),
      `${name} has no record that says whose it is`,
    );
  return `${environment.domain} alone; ${String(owned.length)} records, each with its owner's`;
}

async function clientIn(live: Live, cluster: string): Promise<KubernetesClient> {
  const kubernetes = (await live.clusters(k8sPlatform.team(live.environment))).get(cluster);
  assert.ok(kubernetes, `nobody is logged in to ${cluster}`);
  return kubernetes;
}
