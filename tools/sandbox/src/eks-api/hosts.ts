import type { TargetGroupBinding } from "../controllers/load-balancer/kinds";
import type { Ingress } from "../controllers/kubernetes/kinds";
import type { KubernetesObject } from "../controllers/kubernetes/object";
import type { ApiWay } from "./account/rest-apis";
import { hostsOfMatch, type IngressRoute } from "./routes-of-apps";

/** What leads requests to services. */
export interface Ways {
  readonly routes: readonly IngressRoute[];
  readonly ingresses: readonly Ingress[];
  readonly bindings: readonly TargetGroupBinding[];
}

/** Host names that load balancers lead to target groups, by the groups' ARNs. */
export type TargetGroupHosts = ReadonlyMap<string, readonly string[]>;

/** REST APIs that lead to one of the services: to a target group that it is bound to. */
export function apisOf(
  services: readonly KubernetesObject[],
  bindings: Ways["bindings"],
  apis: readonly ApiWay[],
): ApiWay[] {
  const groups = boundGroups(services, bindings);
  return apis.filter(({ targetGroup }) => groups.includes(targetGroup));
}

/** ARNs of the target groups that services are bound to. */
function boundGroups(services: readonly KubernetesObject[], bindings: Ways["bindings"]): string[] {
  return bindings
    .filter((binding) =>
      services.some(
        ({ metadata: { namespace, name } }) =>
          namespace === binding.metadata.namespace && name === binding.spec.serviceRef.name,
      ),
    )
    .flatMap(({ spec: { targetGroupARN } }) => targetGroupARN ?? []);
}

/** Host names that lead to one of the services: by an Ingress, a target group that it is bound to, or a route. */
export function hostsOf(
  services: readonly KubernetesObject[],
  { ingresses, bindings, routes }: Ways,
  targetGroupHosts: TargetGroupHosts,
): string[] {
  const isOneOf = (names: readonly (string | undefined)[], namespace: string | undefined) =>
    services.some(({ metadata }) => metadata.namespace === namespace && names.includes(metadata.name));
  const byIngress = ingresses.flatMap(({ metadata: { namespace }, spec }) =>
    (spec.rules ?? []).flatMap(({ host, http }) => {
      const backends = (http?.paths ?? []).map(({ backend }) => backend.service?.name);
      return host !== undefined && isOneOf(backends, namespace) ? host : [];
    }),
  );
  const byTargetGroup = boundGroups(services, bindings).flatMap((arn) => targetGroupHosts.get(arn) ?? []);
  const byRoute = routes.flatMap(({ metadata: { namespace }, spec }) =>
    (spec.routes ?? []).flatMap(({ match, services: backends = [] }) => {
      const names = backends.map(({ name }) => name);
      return isOneOf(names, namespace) ? hostsOfMatch(match) : [];
    }),
  );
  return [...new Set([...byIngress, ...byTargetGroup, ...byRoute])];
}
