import { ENTRY_POINT, INGRESS_ROUTE, routersOf } from "@demarc/shared/exposure";
import { hostsOfNamespace, notOwn } from "./hosts";
import { cel, celList } from "./cel";
import type { AdmissionPolicy, PolicyContext } from "./policy";

/** A host and, after it, paths. Traefik knows more matchers, `||` and `!` among them: a rule with those cannot be judged. */
const MATCH = "^Host[(]`[^`]*`[)]( && Path(Prefix)?[(]`/[^`]*`[)])*$";

/** The most routes of an IngressRoute, Services of one and letters of its match: all teams' routes lie in the memory of one router. */
const [ROUTES, SERVICES, LETTERS] = [20, 5, 512];

/** What a route and a Service of one may say. All else leads to what is not the team's, or changes how Traefik reads the rest. */
const ROUTE_FIELDS = ["kind", "match", "services"];
const SERVICE_FIELDS = [
  ...["kind", "name", "namespace", "port"],
  ...["passHostHeader", "scheme", "sticky", "strategy", "weight"],
];

/** Kinds of Traefik's beside routes: they act for other routes than their own, or for none of a host. */
const OTHER_KINDS = [
  ...["ingressroutetcps", "ingressrouteudps", "middlewares", "middlewaretcps", "serverstransports"],
  ...["serverstransporttcps", "tlsoptions", "tlsstores", "traefikservices"],
];

/** CEL: whether something holds for each Service of each route. */
function everyService(expression: string): string {
  return `variables.routes.all(route, !has(route.services) || route.services.all(service, ${expression}))`;
}

/** A route of Traefik's takes its team's host names to its team's Services. TLS ends before Traefik. */
export function ingressRoutes(context: PolicyContext): AdmissionPolicy[] {
  return routersOf(context.exposures).length === 0 ? [] : [routes(context), otherKinds];
}

function routes({ hosts }: PolicyContext): AdmissionPolicy {
  return {
    name: "demarc-ingress-routes",
    resources: [{ group: INGRESS_ROUTE.group, plurals: [INGRESS_ROUTE.plural] }],
    operations: ["CREATE", "UPDATE"],
    variables: [
      { name: "hosts", expression: hostsOfNamespace(hosts) },
      { name: "routes", expression: "has(object.spec.routes) ? object.spec.routes : []" },
    ],
    rules,
  };
}

/** RBAC lets no team write them, which is one line only. */
const otherKinds: AdmissionPolicy = {
  name: "demarc-traefik",
  resources: [{ group: INGRESS_ROUTE.group, plurals: OTHER_KINDS }],
  operations: ["CREATE", "UPDATE"],
  rules: [
    {
      expression: "false",
      message: `of Traefik's kinds a team has IngressRoute alone: ${OTHER_KINDS.join(", ")} act for others too, or without a host name`,
    },
  ],
};

const rules: AdmissionPolicy["rules"] = [
  {
    expression: `variables.routes.all(route, has(route.match) && size(route.match) <= ${LETTERS} && route.match.matches(${cel(MATCH)}))`,
    message: `a route's match must be Host(\`<name>\`), with && PathPrefix(\`/…\`) or && Path(\`/…\`) after it where it is for some paths, in ${LETTERS} letters: nothing else is looked through`,
  },
  {
    expression:
      "variables.routes.all(route, !has(route.match) || variables.hosts.exists(host, route.match == 'Host(`' + host + '`)' || route.match.startsWith('Host(`' + host + '`) && ')))",
    message: notOwn("a host of a route"),
  },
  {
    expression: "!has(object.spec.tls) && !has(object.spec.parentRefs)",
    message: "TLS ends at the load balancer, and a route hangs from no other: leave spec.tls and spec.parentRefs out",
  },
  {
    expression: `has(object.spec.entryPoints) && object.spec.entryPoints == ${celList([ENTRY_POINT])}`,
    message: `spec.entryPoints must be ["${ENTRY_POINT}"], where the load balancer sends to: without it a route takes requests of all entry points`,
  },
  {
    expression: `variables.routes.all(route, route.all(key, key in ${celList(ROUTE_FIELDS)}))`,
    message: `a route may have ${ROUTE_FIELDS.join(", ")} alone: leave middlewares, priority, syntax and the like out`,
  },
  {
    expression: everyService(`service.all(key, key in ${celList(SERVICE_FIELDS)})`),
    message: `a Service of a route may have ${SERVICE_FIELDS.join(", ")} alone: leave serversTransport, middlewares and the like out`,
  },
  {
    expression: everyService(
      "(!has(service.kind) || service.kind == 'Service') && has(service.name) && service.name.matches('^[a-z0-9-]+$') && (!has(service.namespace) || service.namespace == request.namespace)",
    ),
    message:
      "a route leads to Services of its own namespace, by their names: to no TraefikService, nor to what another provider has",
  },
  {
    expression: `size(variables.routes) <= ${ROUTES} && variables.routes.all(route, !has(route.services) || size(route.services) <= ${SERVICES})`,
    message: `an IngressRoute has at most ${ROUTES} routes, of at most ${SERVICES} Services each: all teams share one router's memory`,
  },
];
