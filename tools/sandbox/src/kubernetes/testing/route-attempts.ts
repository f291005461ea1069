import { type Attempt, withSpec } from "./attempt";
import { OWN, route, THEIRS } from "./team-objects";

const own = `Host(\`${OWN}\`)`;
const theirs = `Host(\`${THEIRS}\`)`;

/** What the policy's rules say. */
const [MATCH, HOST, TLS] = ["a route's match must be", "a host of a route must be", "TLS ends at the load balancer"];

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
  ["a route without match", { routes: [{ kind: "Rule" }] }, MATCH],
  ["TLS", { ...route(own), tls: { domains: [{ main: THEIRS }] } }, TLS],
  ["a parent", { ...route(own), parentRefs: [{ name: "storefront", namespace: "shop" }] }, TLS],
];

/** What team pets tries with a route of Traefik's. */
export const routeAttempts: readonly Attempt[] = routes.flatMap(([name, spec, says]) =>
  withSpec("ingressroutes", name, spec, { refusedBy: "demarc-ingress-routes", says }),
);
