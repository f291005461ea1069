import type { ClusterSummary } from "../clusters";
import { table } from "@demarc/command";

type Release = ClusterSummary["releases"][number];
type Pods = Pick<Release["workloads"][number], "ready" | "wanted">;

/** A cluster in lines: its nodes, its add-ons with what runs of them, and the teams' apps with where they are reached. */
export function clusterLines(cluster: ClusterSummary): string[] {
  const { name, version, status, nodes, managedAddons, releases, apps } = cluster;
  const ready = nodes.filter((node) => node.ready).length;
  const types = [...new Set(nodes.map(({ instanceType }) => instanceType))].filter((type) => type !== "");
  const kinds = types.length === 0 ? "" : ` (${types.join(", ")})`;
  const addons = [
    ...managedAddons.map((addon) => [addon.name, addon.version, addon.status]),
    ...releases
      .filter(({ team }) => team === undefined)
      .map((release) => [release.name, release.chartVersion, readiness(release)]),
  ];
  const rows = [
    ...apps.map((app) => [nameOf(app), app.team, counted(app), app.hosts.join(" ") || "none"]),
    ...releases.flatMap(otherRows),
  ];
  const missing = missingLines(cluster);
  return [
    `Cluster ${name}: Kubernetes ${version}, ${status}, ${String(ready)} of ${String(nodes.length)} nodes ready${kinds}`,
    ...(addons.length === 0 ? [] : ["", ...table(["add-on", "version", "ready"], addons)]),
    ...(missing.length === 0 ? [] : ["", ...missing]),
    ...(rows.length === 0 ? [] : ["", ...table(["app", "team", "ready", "reached at"], rows)]),
    ...keyLines(apps),
  ];
}

/** How whoever calls an app's REST API reads the key. It is a secret: it is not shown here. */
function keyLines(apps: ClusterSummary["apps"]): string[] {
  const rows = apps.flatMap((app) =>
    app.keys.map((id) => [
      nameOf(app),
      `aws apigateway get-api-key --api-key ${id} --include-value --query value --output text`,
    ]),
  );
  if (rows.length === 0) return [];
  const heading = 'header x-api-key of its requests, as this tells it after eval "$(npm run --silent sandbox -- env)"';
  return ["", ...table(["app", heading], rows)];
}

/** Of an app's release, what is no Deployment that is there, and Helm's word where it is not deployed. */
function otherRows({ name, namespace, team, status, workloads }: Release): string[][] {
  if (team === undefined) return [];
  const others = workloads.filter(({ kind, missing }) => kind !== "Deployment" || missing);
  return [
    ...(status === "deployed" ? [] : [[nameOf({ name, namespace }), team, status, "none"]]),
    ...others.map((workload) => [nameOf(workload), team, counted(workload), "none"]),
  ];
}

/** Add-ons and apps that lack pods, a line each, and how what is missing comes back: a plan does not show it. */
export function shortageLines(cluster: ClusterSummary): string[] {
  const short = cluster.releases.filter(({ workloads, status }) => {
    const lacks = workloads.some(({ ready, wanted, missing }) => missing || ready < wanted);
    return lacks || status !== "deployed";
  });
  return [
    ...short.map((release) => {
      const what = release.team === undefined ? "add-on" : "app";
      return `Cluster ${cluster.name}: ${what} ${release.name}: ${readiness(release)}`;
    }),
    ...missingLines(cluster),
  ];
}

/** Terraform compares releases, and Helm does not look at what became of their objects. */
function missingLines({ releases }: ClusterSummary): string[] {
  return releases.flatMap((release) =>
    release.workloads
      .filter(({ missing }) => missing)
      .map(
        ({ kind, namespace, name }) =>
          `${kind} ${namespace}/${name} of the release ${release.name} is not there: somebody deleted it, and no plan shows it. Make it again: helm --namespace ${release.namespace} get manifest ${release.name} | kubectl apply --filename -`,
      ),
  );
}

const nameOf = ({ namespace, name }: Pick<Release, "name" | "namespace">) => `${namespace}/${name}`;
const counted = ({ ready, wanted }: Pods) => `${String(ready)} of ${String(wanted)}`;

function readiness({ status, workloads }: Release): string {
  if (status !== "deployed") return status;
  const sum = (of: keyof Pods) => workloads.reduce((total, workload) => total + workload[of], 0);
  return `${counted({ ready: sum("ready"), wanted: sum("wanted") })} pods`;
}
