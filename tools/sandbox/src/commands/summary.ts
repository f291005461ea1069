import path from "node:path";
import { nameOf } from "@demarc/deploy";
import { allEnvironments } from "@demarc/shared/environment";
import { k8sPlatform } from "@demarc/shared/workspace";
import type { Outcome } from "../runs/cdktf-run";
import { refusedSince } from "../calls/refusals";
import { clusterSummaries } from "../clusters";
import { externalDnsProgram } from "../controllers/external-dns/program";
import { contextsOf } from "../kubeconfig/kubeconfig";
import { runningClusters } from "../kubeconfig/clusters";
import { duration } from "../progress/duration";
import { bucketOf, clusterNamesOf, commandFor, scopeOf, type Session, stacksToDeploy } from "../session";
import { table } from "@demarc/command";
import { clusterLines } from "./cluster-lines";

const EXTERNAL_DNS_IS_BUILT =
  "The real ExternalDNS is still being built, once (usually 4 minutes): records of the apps' host names come when it is there.";

/** What was made, where it is, and what to type next. */
export async function summary(session: Session, outcomes: readonly Outcome[], milliseconds: number): Promise<string> {
  const { servers, layout, go } = session;
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
    ...next(session, await platformContext(session)),
  ].join("\n");
}

/** Context of kubectl that sees the whole of a cluster: that of the team that runs k8s-platform. */
async function platformContext(session: Session): Promise<string> {
  const platform = k8sPlatform.team(session.environment);
  const contexts = contextsOf(await runningClusters(session.servers, allEnvironments()));
  const names = clusterNamesOf(session);
  return contexts.find(({ team, cluster }) => team === platform && names.includes(cluster.name))?.name ?? platform;
}

/** What to type next of what was deployed, a line each. @param context of kubectl that sees the whole of a cluster */
export function next(session: Pick<Session, "environment" | "cluster">, context: string): string[] {
  const [cluster = ""] = clusterNamesOf(session);
  const commands: [command: string, purpose: string][] = [
    [commandFor("plan", session), "what a change of yours would do"],
    [commandFor("up", session), "deploys it"],
    ['eval "$(npm run --silent sandbox -- env)"', "then kubectl, aws, terraform and cdktf are led here, such as"],
    [`  kubectl --context ${context} get pods --all-namespaces`, "what runs in the cluster, as the team that runs it"],
    [`  aws eks describe-cluster --name ${cluster}`, "what EKS knows of it"],
    ["npm run sandbox -- kubeconfig <team>", "a kubeconfig of a team, which may do what the team may"],
    [commandFor("destroy", session), "takes it all away, and looks whether anything is left"],
    ["npm run sandbox -- down", "ends the local AWS with all that is in it"],
  ];
  const width = Math.max(...commands.map(([command]) => command.length));
  return commands.map(([command, purpose]) => `  ${command.padEnd(width)}  ${purpose}`);
}
