import type { ClusterSummary } from "../clusters";
import { table } from "../table";

/** A cluster in lines: its nodes, its add-ons with what runs of them, and the teams' apps with their host names. */
export function clusterLines({
  name,
  version,
  status,
  nodes,
  managedAddons,
  releases,
  apps,
}: ClusterSummary): string[] {
  const ready = nodes.filter((node) => node.ready).length;
  const types = [...new Set(nodes.map(({ instanceType }) => instanceType))].filter((type) => type !== "");
  const kinds = types.length === 0 ? "" : ` (${types.join(", ")})`;
  const addons = [
    ...managedAddons.map((addon) => [addon.name, addon.version, addon.status]),
    ...releases.map((release) => [release.name, release.chartVersion, readiness(release)]),
  ];
  const rows = apps.map((app) => [
    `${app.namespace}/${app.name}`,
    app.team,
    `${String(app.ready)} of ${String(app.wanted)}`,
    app.hosts.join(" ") || "none",
  ]);
  return [
    `Cluster ${name}: Kubernetes ${version}, ${status}, ${String(ready)} of ${String(nodes.length)} nodes ready${kinds}`,
    ...(addons.length === 0 ? [] : ["", ...table(["add-on", "version", "ready"], addons)]),
    ...(rows.length === 0 ? [] : ["", ...table(["app", "team", "ready", "host names"], rows)]),
  ];
}

function readiness({ status, workloads }: ClusterSummary["releases"][number]): string {
  if (status !== "deployed") return status;
  const sum = (of: "ready" | "wanted") => workloads.reduce((total, workload) => total + workload[of], 0);
  return `${String(sum("ready"))} of ${String(sum("wanted"))} pods`;
}
