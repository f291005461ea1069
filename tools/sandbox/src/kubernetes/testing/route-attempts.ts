import { type Attempt, exampleOf, withSpec } from "./attempt";
import { OWN, route, THEIRS, traefikOthers } from "./team-objects";

const own = `Host(\`${OWN}\`)`;
const theirs = `Host(\`${THEIRS}\`)`;

/** What the policy's rules say. */
const [MATCH, HOST, TLS] = ["a route's match must be", "a host of a route must be", "TLS ends at the load balancer"];
const [ENTRY, ROUTE, SERVICE] = [
  "spec.entryPoints must be",
  "a route may have kind, match",
  "a Service of a route may have",
];
const [OWN_SERVICE, MOST] = ["a route leads to Services of its own namespace", "an IngressRoute has at most"];

const routes: readonly (readonly [name: string, spec: object, says: string])[] = [
  ["another team's host", route(theirs), HOST],
  ["another team's host beside its own", route(own, theirs), HOST],
  ["a host that nobody has", route("Host(`free.dev.example.com`)"), HOST],
  ["capitals", route("Host(`PETSTORE.dev.example.com`)"), HOST],
  ["a wildcard", route("Host(`*.dev.example.com`)"), HOST],
  ["two hosts at once", route(`Host(\`${OWN}\`,\`${THEIRS}\`)`), MATCH],
  ["its own host or another's", route(`${own} || ${theirs}`), MATCH],
  ["another's host that its own stands before", route(`${own} && ${theirs}`), MATCH],
  ["all but its own host", route(`!${own}`), MATCH],
  ["a pattern", route("HostRegexp(`.*`)"), MATCH],
  ["a path of every host", route("PathPrefix(`/`)"), MATCH],
  ["a header", route(`Header(\`Host\`, \`${THEIRS}\`)`), MATCH],
  ["a path that ends its quotes", route(`${own} && Path(\`/\`) || ${theirs}`), MATCH],
  ["a route without match", { entryPoints: ["web"], routes: [{ kind: "Rule" }] }, MATCH],
  ["a match that fills the router's memory", route(`${own} && Path(\`/${"x".repeat(600)}\`)`), MATCH],
  ["TLS", { ...route(own), tls: { domains: [{ main: THEIRS }] } }, TLS],
  ["a parent", { ...route(own), parentRefs: [{ name: "storefront", namespace: "shop" }] }, TLS],
  ["every entry point", { ...route(own), entryPoints: [] }, ENTRY],
  ["another entry point", { ...route(own), entryPoints: ["web", "traefik"] }, ENTRY],
  ["another team's Middleware", withRoute({ middlewares: [{ name: "login", namespace: "shop" }] }), ROUTE],
  ["the first place", withRoute({ priority: 1_000 }), ROUTE],
  ["another syntax of rules", withRoute({ syntax: "v2" }), ROUTE],
  ["what another provider has", withService({ name: "api@internal", kind: "TraefikService" }), OWN_SERVICE],
  ["another team's Service", withService({ namespace: "shop" }), OWN_SERVICE],
  ["another provider's Service", withService({ name: "petstore@file" }), OWN_SERVICE],
  ["no proof of who answers", withService({ serversTransport: "insecure" }), SERVICE],
  ["addresses of nodes", withService({ nodePortLB: true }), SERVICE],
  ["more routes than one router bears", route(...Array<string>(21).fill(own)), MOST],
];

/** A route of its own with more to it. */
function withRoute(more: object): object {
  const spec = route(own);
  return { ...spec, routes: spec.routes.map((one) => ({ ...one, ...more })) };
}

function withService(more: object): object {
  return withRoute({ services: [{ name: "petstore", port: "http", ...more }] });
}

/** Kinds of Traefik's that no team has. */
const otherKinds = Object.keys(traefikOthers).flatMap((plural) =>
  (["create", "apply"] as const).map((how) => ({
    ...{ name: "a kind that acts for others", plural, how, object: exampleOf(plural) },
    ...{ refusedBy: "demarc-traefik", says: "of Traefik's kinds a team has IngressRoute alone" },
  })),
);

/** What team pets tries with Traefik. */
export const routeAttempts: readonly Attempt[] = [
  ...routes.flatMap(([name, spec, says]) =>
    withSpec("ingressroutes", name, spec, { refusedBy: "demarc-ingress-routes", says }),
  ),
  ...otherKinds,
];
