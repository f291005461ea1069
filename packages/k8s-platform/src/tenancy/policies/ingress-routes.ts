import { hostsOfNamespace, notOwn } from "./hosts";
import { cel } from "./cel";
import type { AdmissionPolicy, PolicyContext } from "./policy";

/** A host and, after it, paths. Traefik knows more matchers, `||` and `!` among them: a rule with those cannot be judged. */
const MATCH = "^Host[(]`[^`]*`[)]( && Path(Prefix)?[(]`/[^`]*`[)])*$";

/** A route of Traefik's takes its team's host names. TLS ends before Traefik. */
export function ingressRoutes({ hosts }: PolicyContext): AdmissionPolicy {
  const routes = "(has(object.spec.routes) ? object.spec.routes : [])";
  return {
    name: "demarc-ingress-routes",
    resources: [{ group: "traefik.io", plurals: ["ingressroutes"] }],
    operations: ["CREATE", "UPDATE"],
    variables: [
      { name: "hosts", expression: hostsOfNamespace(hosts) },
      { name: "routes", expression: routes },
    ],
    rules: [
      {
        expression: `variables.routes.all(route, has(route.match) && route.match.matches(${cel(MATCH)}))`,
        message:
          "a route's match must be Host(`<name>`), with && PathPrefix(`/…`) or && Path(`/…`) after it where it is for some paths: nothing else is looked through",
      },
      {
        expression:
          "variables.routes.all(route, !has(route.match) || variables.hosts.exists(host, route.match == 'Host(`' + host + '`)' || route.match.startsWith('Host(`' + host + '`) && ')))",
        message: notOwn("a host of a route"),
      },
      {
        expression: "!has(object.spec.tls) && !has(object.spec.parentRefs)",
        message:
          "TLS ends at the load balancer, and a route hangs from no other: leave spec.tls and spec.parentRefs out",
      },
    ],
  };
}
