import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { KubernetesClient } from "../kubernetes/client";
import { kinds } from "../kubernetes/kinds";
import type { ResourceKind } from "../kubernetes/object";
import { until } from "./running-cluster";

const clusterRoles: ResourceKind = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  plural: "clusterroles",
  namespaced: false,
};

const clusterRoleBindings: ResourceKind = {
  ...clusterRoles,
  kind: "ClusterRoleBinding",
  plural: "clusterrolebindings",
};

const CHARTS = path.resolve(__dirname, "../../../../../packages/k8s-platform/src/charts");
const upstream = z.object({
  rbac: z.object({ roles: z.record(z.string(), z.record(z.string(), z.array(z.string()))) }),
});

/** Rules of all roles of the real chart, as `npm run upstream` keeps them: on "leases.coordination.k8s.io(one)" they are for that one. */
function rulesOf(chart: string): object[] {
  const { rbac } = upstream.parse(JSON.parse(readFileSync(path.join(CHARTS, `${chart}.json`), "utf8")));
  return Object.values(rbac.roles).flatMap((role) =>
    Object.entries(role).map(([on, verbs]) => {
      const [, resource = "", group = "", name] = /^([^.(]+)(?:\.([^(]+))?(?:\((.+)\))?$/.exec(on) ?? [];
      return {
        apiGroups: [group],
        resources: [resource],
        verbs,
        ...(name === undefined ? {} : { resourceNames: [name] }),
      };
    }),
  );
}

/** Installs a controller as its chart would, in kube-system, and waits until its pod is ready. */
export async function installController(
  kubernetes: KubernetesClient,
  controller: {
    readonly name: string;
    readonly args: readonly string[];
    readonly env?: readonly object[];
    /** The chart whose rights it has. */
    readonly chart: string;
  },
): Promise<void> {
  const { name, args, env = [], chart } = controller;
  const namespace = "kube-system";
  const labels = { "app.kubernetes.io/name": name };
  await kubernetes.apply(kinds.serviceAccounts, { metadata: { name, namespace } });
  await kubernetes.apply(clusterRoles, { metadata: { name }, rules: rulesOf(chart) });
  await kubernetes.apply(clusterRoleBindings, {
    metadata: { name },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
    subjects: [{ kind: "ServiceAccount", name, namespace }],
  });
  await deploy(kubernetes, { name, namespace, labels, args, env, serviceAccountName: name });
}

/** A Deployment of one pod. */
export async function deploy(
  kubernetes: KubernetesClient,
  deployment: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly args?: readonly string[];
    readonly env?: readonly object[];
    readonly serviceAccountName?: string;
    readonly ports?: readonly object[];
    readonly replicas?: number;
  },
): Promise<void> {
  const {
    name,
    namespace,
    labels,
    args = [],
    env = [],
    serviceAccountName = "default",
    ports = [],
    replicas = 1,
  } = deployment;
  await kubernetes.apply(kinds.deployments, {
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { serviceAccountName, containers: [{ name, image: "registry.k8s.io/pause:3.10", args, env, ports }] },
      },
    },
  });
  await until(`${name} has ${String(replicas)} ready pods`, async () => {
    const found = await kubernetes.get(kinds.deployments, { name, namespace });
    return found?.status?.readyReplicas === replicas && found.status.replicas === replicas;
  });
}
