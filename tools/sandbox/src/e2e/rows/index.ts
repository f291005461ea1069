import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { clusterNames, type ComputeKind, type Environment } from "@demarc/shared/environment";
import { BY_SERVICES, edgesOf, hasIngressWebAcl, hasRestApis, ingressScheme, routersOf } from "@demarc/shared/exposure";
import { WebAcls } from "../../controllers/load-balancer/web-acls";
import type { Servers } from "../../local-aws/servers";
import { table } from "@demarc/command";
import { CREDENTIALS } from "../../variables";
import { clientOf } from "../team-client";
import { autoMode } from "./auto-mode";
import { base } from "./base";
import { fargate } from "./fargate";
import { fargatePods } from "./fargate-pods";
import { boundPods, infraLoadBalancer } from "./infra-load-balancer";
import { managedNodes } from "./managed-nodes";
import { behindInfras, behindServices } from "./owners";
import { production } from "./production";
import { restApi } from "./rest-api";
import type { Live, Row } from "./row";
import { oneLoadBalancer } from "./traefik";
import { waysIn } from "./ways-in";

/** Whom nobody judges. */
const ADMINISTRATOR = { ...CREDENTIALS, sessionToken: "", expiration: new Date(0) };

/** What an environment of that kind promises. */
function rowsOf({ clusters, exposures }: Environment): readonly Row[] {
  const runsOn = (kind: ComputeKind) => Object.values(clusters).some(({ compute }) => compute.kind === kind);
  const edges = edgesOf(exposures).map(({ type }) => type);
  const hasAlb = edges.includes("application");
  const isRouted = routersOf(exposures).length > 0;
  return [
    ...base,
    ...(isRouted ? oneLoadBalancer : []),
    ...(hasAlb || isRouted || ingressScheme(exposures) !== undefined ? waysIn : []),
    ...(runsOn("managed-nodes") ? managedNodes : []),
    ...(runsOn("auto-mode") ? autoMode : []),
    ...(hasIngressWebAcl(exposures) ? production : []),
    ...(runsOn("fargate") ? [...fargate, ...fargatePods] : []),
    ...(edges.length > 0 ? boundPods : []),
    ...(hasRestApis(exposures) ? [...restApi, ...(BY_SERVICES.isOf(exposures) ? behindServices : behindInfras)] : []),
    // The last: some of them deploy, and a token of a cluster is good for some minutes.
    ...(hasAlb ? infraLoadBalancer : []),
  ];
}

/**
 * Looks at what is deployed, row by row, and prints a table of what was seen.
 * @throws Error with all rows that do not hold
 */
export async function holdsRows(environment: Environment, servers: Servers): Promise<void> {
  const live = liveOf(environment, servers);
  const seen: string[][] = [];
  const faults: unknown[] = [];
  for (const { id, what, look } of rowsOf(environment)) {
    try {
      seen.push([id, what, await look(live)]);
    } catch (error) {
      seen.push([id, what, "DOES NOT HOLD"]);
      faults.push(error);
    }
  }
  await live.close();
  for (const line of table(["row", "looked at", "seen"], seen)) console.log(line);
  if (faults.length > 0) throw new AggregateError(faults, `${String(faults.length)} rows do not hold`);
}

function liveOf(environment: Environment, servers: Servers): Live & { readonly close: () => Promise<void> } {
  const { awsUrl, eksUrl, region } = servers;
  const connection = { region, credentials: CREDENTIALS };
  const logIn = async (team: string) => {
    const names = clusterNames(environment);
    return new Map(
      await Promise.all(names.map(async (name) => [name, (await clientOf(team, name)).kubernetes] as const)),
    );
  };
  const loggedIn = new Map<string, ReturnType<typeof logIn>>();
  return {
    environment,
    servers,
    ec2: new EC2Client({ ...connection, endpoint: awsUrl }),
    elb: new ElasticLoadBalancingV2Client({ ...connection, endpoint: awsUrl }),
    logs: new CloudWatchLogsClient({ ...connection, endpoint: awsUrl }),
    webAcls: new WebAcls({ endpoint: awsUrl, region, credentials: () => Promise.resolve(ADMINISTRATOR) }),
    eks: new EKSClient({ ...connection, endpoint: eksUrl }),
    clusters: (team) => {
      const clients = loggedIn.get(team) ?? logIn(team);
      loggedIn.set(team, clients);
      return clients;
    },
    close: async () => {
      for (const clients of await Promise.all(loggedIn.values())) for (const client of clients.values()) client.close();
    },
  };
}
