import { type Attempt, withSpec } from "./attempt";
import { OWN, route, THEIRS } from "./team-objects";

const own = `Host(\`${OWN}\`)`;
const theirs = `Host(\`${THEIRS}\`)`;

const routes: readonly (readonly [name: string, spec: object])[] = [
  ["another team's host", route(theirs)],
  ["another team's host beside its own", route(own, theirs)],
  ["a host that nobody has", route("Host(`free.dev.example.com`)")],
  ["capitals", route("Host(`PETSTORE.dev.example.com`)")],
  ["a wildcard", route("Host(`*.dev.example.com`)")],
  ["two hosts at once", route(`Host(\`${OWN}\`,\`${THEIRS}\`)`)],
  ["its own host or another's", route(`${own} || ${theirs}`)],
  ["another's host that its own stands before", route(`${own} && ${theirs}`)],
  ["all but its own host", route(`!${own}`)],
  ["a pattern", route("HostRegexp(`.*`)")],
  ["a path of every host", route("PathPrefix(`/`)")],
  ["a header", route(`Header(\`Host\`, \`${THEIRS}\`)`)],
  ["a path that ends its quotes", route(`${own} && Path(\`/\`) || ${theirs}`)],
  ["a route without match", { routes: [{ kind: "Rule" }] }],
  ["TLS", { ...route(own), tls: { domains: [{ main: THEIRS }] } }],
  ["a parent", { ...route(own), parentRefs: [{ name: "storefront", namespace: "shop" }] }],
];

/** What team pets tries with a route of Traefik's. */
export const routeAttempts: readonly Attempt[] = routes.flatMap(([name, spec]) =>
  withSpec("ingressroutes", name, spec, "demarc-ingress-routes"),
);
