import path from "node:path";
import { nameOf } from "@demarc/deploy";
import { allEnvironments, clusterName, type Environment } from "@demarc/shared/environment";
import { k8sPlatform } from "@demarc/shared/workspace";
import type { Outcome } from "../runs/cdktf-run";
import { refusedSince } from "../calls/refusals";
import { clusterSummaries } from "../clusters";
import { externalDnsProgram } from "../controllers/external-dns/program";
import { contextsOf } from "../kubeconfig/kubeconfig";
import { runningClusters } from "../kubeconfig/clusters";
import { duration } from "../progress/duration";
import { bucketOf, clusterNamesOf, scopeOf, type Session, stacksToDeploy } from "../session";
import { table } from "../table";
import { clusterLines } from "./cluster-lines";

const EXTERNAL_DNS_IS_BUILT =
  "The real ExternalDNS is still being built, once (usually 4 minutes): records of the apps' host names come when it is there.";

/** What was made, where it is, and what to type next. */
export async function summary(session: Session, outcomes: readonly Outcome[], milliseconds: number): Promise<string> {
  const { environment, servers, layout, go } = session;
  const clusters = await clusterSummaries(clusterNamesOf(session), servers);
  const refused = await refusedSince(Date.now() - milliseconds, session);
  const resources = new Map((await bucketOf(session).states()).map(({ key, resources }) => [key, resources]));
  const progress = new Map(outcomes.map(({ progress: stack }) => [stack.stack, stack]));
  const rows = stacksToDeploy(session).map(({ id, stack: { state } }) => {
    const { changed = 0, started, ended } = progress.get(id) ?? {};
    const count = state.kind === "s3" ? (resources.get(state.key) ?? 0) : 0;
    const took = started === undefined || ended === undefined ? "" : duration(ended - started);
    return [id, String(count), changed === 0 ? "none" : String(changed), took];
  });
  return [
    "",
    `${nameOf(scopeOf(session))} is up, in ${duration(milliseconds)}:`,
    "",
    ...table(["stack", "resources", "changes", "time"], rows),
    ...clusters.flatMap((cluster) => ["", ...clusterLines(cluster)]),
    ...(refused.length === 0 ? [] : ["", ...refused]),
    ...(externalDnsProgram(layout, go).complete ? [] : ["", EXTERNAL_DNS_IS_BUILT]),
    "",
    `AWS      ${servers.awsUrl}  account ${servers.account}, ${servers.region}`,
    `EKS      ${servers.eksUrl}`,
    `logs     ${path.relative(layout.root, layout.logs)}`,
    "",
    "Next:",
    ...next(environment, await platformContext(session)),
  ].join("\n");
}

/** Context of kubectl that sees the whole of a cluster: that of the team that runs k8s-platform. */
async function platformContext({ environment, servers }: Session): Promise<string> {
  const platform = k8sPlatform.team(environment);
  const contexts = contextsOf(await runningClusters(servers, allEnvironments()));
  return (
    contexts.find(({ team, cluster }) => team === platform && cluster.environment.name === environment.name)?.name ??
    platform
  );
}

function next(environment: Environment, context: string): string[] {
  const { name, clusters } = environment;
  const [cluster = ""] = Object.keys(clusters);
  const commands: [command: string, purpose: string][] = [
    [`npm run sandbox -- plan ${name}`, "what a change of yours would do"],
    [`npm run sandbox -- up ${name}`, "deploys it"],
    ['eval "$(npm run --silent sandbox -- env)"', "then kubectl, aws, terraform and cdktf are led here, such as"],
    [`  kubectl --context ${context} get pods --all-namespaces`, "what runs in the cluster, as the team that runs it"],
    [`  aws eks describe-cluster --name ${clusterName(environment, cluster)}`, "what EKS knows of it"],
    ["npm run sandbox -- kubeconfig <team>", "a kubeconfig of a team, which may do what the team may"],
    [`npm run sandbox -- destroy ${name}`, "takes it all away, and looks whether anything is left"],
    ["npm run sandbox -- down", "ends the local AWS with all that is in it"],
  ];
  const width = Math.max(...commands.map(([command]) => command.length));
  return commands.map(([command, purpose]) => `  ${command.padEnd(width)}  ${purpose}`);
}
