import { type RegisteredApp, REGISTRY, statementFile, type TargetGroup, targetGroupOf } from "@demarc/shared/apps";
import { type Environment, InvalidInput, type Problem } from "@demarc/shared/environment";
import { edgeApps, edgesOf } from "@demarc/shared/exposure";
import { unaskedProblems } from "../settings/unasked";
import { edgeName, nameProblem } from "./names";
import type { EdgeSettings } from "./settings";

/** A host name that infra's load balancers lead to the app of. */
export interface ExposedHost {
  /** Its first label. */
  readonly hostname: string;
  /** App that serves it. */
  readonly app: string;
  readonly targetGroup: TargetGroup;
}

/** Quotas of Elastic Load Balancing: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const MOST_TARGET_GROUPS = 100;
const MOST_TARGET_GROUPS_OF_AN_ACTION = 5;

/** Whether infra owns the load balancer of an environment. */
export function hasEdge({ exposures }: Pick<Environment, "exposures">): boolean {
  return edgeApps(exposures).length > 0;
}

/** The network load balancers that infra owns, one in each cluster. Undefined: it owns none. */
export function networkEdge({ exposures }: Pick<Environment, "exposures">) {
  return edgesOf(exposures).find((edge) => edge.type === "network");
}

/**
 * What is wrong with settings of the edge in an environment that has none, or none of an ALB. Empty where there are none, or all of them do
 * something.
 */
export function edgeSettingsProblems(environment: Pick<Environment, "exposures">, edge: EdgeSettings | undefined) {
  const message =
    "is for the load balancer that infra owns, and the environment has no exposure target-group-binding, nor api-gateway with loadBalancer: infra; remove it, or add one";
  const hasAlb = networkEdge(environment) === undefined;
  return [
    ...unaskedProblems("edge", edge, hasEdge(environment), message),
    ...unaskedProblems(
      "edge.accessLogRetentionDays",
      edge?.accessLogRetentionDays,
      hasAlb,
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html
      "is for the access logs of an ALB, and a network load balancer writes them of TLS alone; remove it: how long requests to APIs are kept is apis.accessLogRetentionDays",
    ),
    ...unaskedProblems(
      "edge.waf",
      edge?.waf,
      hasAlb,
      // https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html
      "is for the web ACL of an ALB, and none can guard a network load balancer; remove it",
    ),
  ];
}

/**
 * The host names of the apps that the environment exposes through load balancers of infra's.
 * @param apps the registered ones
 * @throws InvalidInput with each app that is not registered or has no host name, and all that AWS would refuse
 */
export function exposedHosts(environment: Environment, apps: readonly RegisteredApp[]): ExposedHost[] {
  const named = edgeApps(environment.exposures);
  const hosts = named.flatMap(({ name }) => hostsOf(apps.find((app) => app.name === name)));
  const problems = [
    ...named.flatMap(({ name, path }, index) => {
      const twice = named.findIndex((other) => other.name === name) < index;
      const message = twice ? `"${name}" is named twice; name it once` : appProblem(name, apps);
      return message === undefined ? [] : [{ path, message }];
    }),
    ...(networkEdge(environment) === undefined ? albProblems(environment, hosts) : networkProblems(environment, hosts)),
  ];
  if (problems.length === 0) return hosts;
  throw new InvalidInput([{ subject: `environment "${environment.name}"`, problems }]);
}

/** Ports of pods that the load balancers reach, each once. */
export function portsOf(hosts: readonly ExposedHost[]): number[] {
  return [...new Set(hosts.map(({ targetGroup }) => targetGroup.port))].sort((a, b) => a - b);
}

function hostsOf(app: RegisteredApp | undefined): ExposedHost[] {
  if (app === undefined) return [];
  return app.hostnames.map((hostname) => ({ hostname, app: app.name, targetGroup: targetGroupOf(app) }));
}

function appProblem(name: string, apps: readonly RegisteredApp[]): string | undefined {
  const app = apps.find((each) => each.name === name);
  if (app === undefined) {
    const known = apps.map((each) => each.name).join(", ");
    return `"${name}" is not registered in ${REGISTRY}, which has ${known}; take one of them, or make the app first`;
  }
  if (app.hostnames.length > 0) return undefined;
  return `"${name}" has no host name, so no request could be meant for it; name one as demarc.hostnames in ${statementFile(name)} and run npm run generate, or take the app out`;
}

/** @param balancer what would have the environment's name in its own, such as "ALB" */
function nameProblems(environment: Environment, balancer: string): Problem[] {
  const name = nameProblem(edgeName(environment));
  if (name === undefined) return [];
  const message = `its ${balancer} would have the name ${name}; take another name for the environment`;
  return [{ path: "name", message }];
}

/** What one ALB for all clusters has no room for. */
function albProblems(environment: Environment, hosts: readonly ExposedHost[]): Problem[] {
  const clusters = Object.keys(environment.clusters).length;
  const groups = hosts.length * clusters;
  return [
    ...nameProblems(environment, "ALB"),
    ...(clusters <= MOST_TARGET_GROUPS_OF_AN_ACTION
      ? []
      : [
          {
            path: "clusters",
            message: `are ${String(clusters)}, and an ALB divides requests between ${String(MOST_TARGET_GROUPS_OF_AN_ACTION)} target groups at most; take some out`,
          },
        ]),
    ...(groups <= MOST_TARGET_GROUPS
      ? []
      : [
          {
            path: "exposures",
            message: `need ${String(groups)} target groups, one for each host name in each cluster, and an ALB has ${String(MOST_TARGET_GROUPS)} at most; expose fewer apps`,
          },
        ]),
  ];
}

/** Quota: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html */
const MOST_LISTENERS = 50;

/** What network load balancers, one in each cluster, cannot have: each host name has a listener, and a listener one port. */
function networkProblems(environment: Environment, hosts: readonly ExposedHost[]): Problem[] {
  const several = hosts.filter((host, at) => hosts.findIndex(({ app }) => app === host.app) < at);
  return [
    ...nameProblems(environment, "network load balancer"),
    ...(edgesOf(environment.exposures).length === 1
      ? []
      : [{ path: "exposures", message: "are two with a load balancer of infra's, which publishes one; take one out" }]),
    ...several.map(({ app, hostname }) => ({
      path: "exposures",
      message: `give "${app}" one listener, and it has "${hostname}" beside its first host name; leave it one`,
    })),
    ...(hosts.length <= MOST_LISTENERS
      ? []
      : [
          {
            path: "exposures",
            message: `need ${String(hosts.length)} listeners, and a network load balancer has ${String(MOST_LISTENERS)} at most; expose fewer apps`,
          },
        ]),
  ];
}
