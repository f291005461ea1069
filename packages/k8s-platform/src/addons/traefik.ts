import {
  ENTRY_POINT,
  frontOf,
  INGRESS_ROUTE,
  loadBalancerSubnets,
  MOST_ZONES,
  NO_INGRESS_ON_AUTO_MODE,
  READINESS_GATES,
  routersOf,
} from "@demarc/shared/exposure";
import type { JsonObject } from "@demarc/shared/json";
import { eachOf, listEntries } from "@demarc/shared/kubernetes";
import { DRAIN, ROUTER_PORTS } from "../router";
import { TEAM_LABEL } from "../team-label";
import { charts } from "../versions";
import { type AddOn, type AddOnContext, afterWebhooks, logsDisk } from "./addon";

const NAME = charts.traefik.name;

/**
 * Sends the requests of the one load balancer on to the apps, by the routes that they write. It reads routes and Services of the teams'
 * namespaces alone. Its chart lets it read the Secrets of all namespaces: it waits for those too before it takes any route. Rights in each
 * team's namespace would not do: all routes would stand still from a new team's name until its namespace is there.
 */
export const traefik: AddOn<"managed-nodes" | "fargate"> = {
  name: NAME,
  chart: charts.traefik,
  image: "docker.io/traefik",
  namespace: NAME,
  namespaceLabels: READINESS_GATES,
  ways,
  customResources: [INGRESS_ROUTE.group],
  runsAs: "controller",
  runsOn: ["managed-nodes", "fargate"],
  notOn: NO_INGRESS_ON_AUTO_MODE,
  onlyWith: {
    some: (exposures) => routersOf(exposures).some(({ namespace }) => namespace === NAME),
    else: "no exposure of the environment leads to it",
  },
  after: afterWebhooks,
  values: (context, { image, priorityClassName }) => ({
    image: imageOf(image),
    priorityClassName,
    deployment: { replicas: 2, terminationGracePeriodSeconds: DRAIN.pod },
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    topologySpreadConstraints: [spread],
    // All requests go through it: it gets what it asks for, and no more than it may count on. Fargate's half a vCPU with 1 GB.
    resources: { requests: amounts, limits: amounts },
    providers: { kubernetesCRD: routes(context), kubernetesIngress: { enabled: false } },
    ingressClass: { enabled: false, isDefaultClass: false },
    service: { spec: { type: "ClusterIP" } },
    ports: {
      traefik: { port: ROUTER_PORTS.health, expose: { default: false } },
      [ENTRY_POINT]: webPort(context),
      // TLS ends at the load balancer.
      websecure: { expose: { default: false } },
    },
    // Whoever reaches its pods could read of all teams there, and nobody is to.
    api: { dashboard: false },
    metrics: { prometheus: null },
    ingressRoute: { dashboard: { enabled: false } },
    global: { checkNewVersion: false, sendAnonymousUsage: false },
    log: { format: "json" },
  }),
};

const amounts = { cpu: "500m", memory: "768Mi", ...logsDisk };

/** On Fargate it does nothing, and does no harm. */
const spread = {
  labelSelector: { matchLabels: { "app.kubernetes.io/name": NAME } },
  maxSkew: 1,
  topologyKey: "topology.kubernetes.io/zone",
  whenUnsatisfiable: "ScheduleAnyway",
};

/** Registry and path, as the chart wants them. */
function imageOf(image: string): JsonObject {
  const slash = image.indexOf("/");
  return { registry: image.slice(0, slash), repository: image.slice(slash + 1) };
}

/** A route reaches Services of its own namespace, and nothing of Traefik's own or of other providers. */
function routes({ environment }: AddOnContext): JsonObject {
  return {
    enabled: true,
    namespaces: Object.keys(environment.teams),
    allowCrossNamespace: false,
    allowExternalNameServices: false,
    // Where the list is empty, the chart leaves the argument out, and every namespace may.
    crossProviderNamespaces: [NAME],
    defaultTLSResourcesNamespace: NAME,
    safeNaming: true,
  };
}

function webPort(context: AddOnContext): JsonObject {
  return {
    port: ROUTER_PORTS.requests,
    exposedPort: 80,
    // From others it drops X-Forwarded-For and its like.
    forwardedHeaders: { trustedIPs: [listEntries(loadBalancerRanges(context))] },
    transport: {
      lifeCycle: {
        requestAcceptGraceTimeout: `${String(DRAIN.accepts)}s`,
        graceTimeOut: `${String(DRAIN.finishes)}s`,
      },
    },
  };
}

/** In from the load balancer; out to the apps, whose ports are theirs to choose. */
function ways(context: AddOnContext) {
  const from = eachOf(loadBalancerRanges(context), MOST_ZONES).map((cidr) => ({ ipBlock: { cidr } }));
  const ports = Object.values(ROUTER_PORTS).map((port) => ({ port: String(port), protocol: "TCP" }));
  const to = [{ namespaceSelector: { matchExpressions: [{ key: TEAM_LABEL, operator: "Exists" }] } }];
  return { ingress: [{ from, ports }], egress: [{ to, ports: [{ protocol: "TCP" }] }] };
}

/** IPv4 ranges that its load balancer sends from. A token. */
function loadBalancerRanges({ stack, environment, network }: AddOnContext): string[] {
  const front = frontOf(environment, stack.cluster);
  if (front === undefined) throw new Error(`no exposure of ${environment.name} leads to ${NAME}`);
  return loadBalancerSubnets(front.scheme, network).cidrs;
}
