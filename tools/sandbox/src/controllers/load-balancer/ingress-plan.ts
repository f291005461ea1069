import type { Ingress } from "../kubernetes/kinds";
import { Annotations } from "./annotations";
import { type ClassifiedIngress, INGRESS_ANNOTATIONS, type IngressGroup } from "./ingress-group";
import { type GroupListener, groupListeners, redirectPort } from "./ingress-listeners";
import { ingressTargetGroup } from "./ingress-target-group";
import { loadBalancerName } from "./names";
import type { PlanningOptions } from "./planning-options";
import {
  type ActionPlan,
  type ListenerPlan,
  type LoadBalancerPlan,
  type RulePlan,
  type SubnetChoice,
  type TargetGroupPlan,
  UnbuildableModel,
} from "./plan";

type IngressPath = NonNullable<NonNullable<NonNullable<Ingress["spec"]["rules"]>[number]["http"]>["paths"]>[number];

/** The ALB of a group of Ingresses. @throws UnbuildableModel where what they ask for cannot be had */
export function planIngresses(group: IngressGroup, options: PlanningOptions): LoadBalancerPlan {
  const { members } = group;
  const targetGroups = new Map<string, TargetGroupPlan>();
  const forward = (ingress: ClassifiedIngress, backend: IngressPath["backend"]): ActionPlan => {
    const targetGroup = ingressTargetGroup(group, ingress, backend, options);
    targetGroups.set(targetGroup.name, targetGroup);
    return { kind: "forward", targetGroup: targetGroup.name };
  };
  const redirect = redirectPort(members);
  const listening = groupListeners(members);
  if (
    redirect !== undefined &&
    !listening.some(({ port, protocol }) => String(port) === redirect && protocol === "HTTPS")
  ) {
    throw new UnbuildableModel(`listener does not exist for SSL redirect port: ${redirect}`);
  }
  const listeners = listening.map((listener): ListenerPlan => {
    const { port, protocol, certificates, sslPolicy } = listener;
    const plan = { port, protocol, certificates, sslPolicy };
    if (redirect !== undefined && protocol === "HTTP") {
      return { ...plan, defaultAction: { kind: "redirect", port: redirect }, rules: [] };
    }
    return { ...plan, defaultAction: defaultAction(listener, forward), rules: rulesOf(listener, forward) };
  });
  const scheme = schemeOf(members, options);
  return {
    stack: group.id,
    name: nameOfBalancer(group, options, scheme),
    type: "application",
    scheme,
    subnets: subnetsOf(members),
    securityGroups: securityGroupsOf(members, listening),
    attributes: attributesOf(members),
    ...webAclOf(members),
    tags: { ...options.defaultTags, ...tagsOf(members) },
    listeners,
    targetGroups: [...targetGroups.values()],
  };
}

type Forward = (ingress: ClassifiedIngress, backend: IngressPath["backend"]) => ActionPlan;

function defaultAction({ members }: GroupListener, forward: Forward): ActionPlan {
  const backends = members.filter(({ ingress }) => ingress.spec.defaultBackend !== undefined);
  const [only] = backends;
  if (backends.length > 1) throw new UnbuildableModel("multiple ingresses define a default backend");
  if (only?.ingress.spec.defaultBackend !== undefined) return forward(only, only.ingress.spec.defaultBackend);
  return { kind: "fixed-response", status: "404" };
}

function rulesOf({ members }: GroupListener, forward: Forward): RulePlan[] {
  return members.flatMap((member) =>
    (member.ingress.spec.rules ?? []).flatMap(({ host, http }) =>
      inOrder(http?.paths ?? []).map((path) => ({
        host,
        paths: patternsOf(path),
        action: forward(member, path.backend),
      })),
    ),
  );
}

/** Exact paths first, then the longest prefixes, then the rest as they stand. */
function inOrder(paths: readonly IngressPath[]): IngressPath[] {
  const exact = paths.filter(({ pathType }) => pathType === "Exact");
  const prefixes = paths.filter(({ pathType }) => pathType === "Prefix");
  const rest = paths.filter(({ pathType }) => pathType !== "Exact" && pathType !== "Prefix");
  const length = ({ path = "/" }: IngressPath) => path.length;
  return [...exact, ...prefixes.sort((one, other) => length(other) - length(one)), ...rest];
}

function patternsOf({ path = "/", pathType }: IngressPath): string[] {
  if (pathType !== "Prefix") return [path === "/" && pathType !== "Exact" ? "/*" : path];
  if (path === "/") return ["/*"];
  const prefix = path.replace(/\/$/, "");
  return [prefix, `${prefix}/*`];
}

function schemeOf(members: readonly ClassifiedIngress[], { defaultScheme }: PlanningOptions) {
  const schemes = members.map(
    ({ ingress, params }) =>
      params.scheme ?? annotations(ingress).one("scheme", ["internal", "internet-facing"] as const),
  );
  return oneOf("scheme", schemes) ?? defaultScheme;
}

function nameOfBalancer(group: IngressGroup, { cluster }: PlanningOptions, scheme: string): string {
  const asked = group.members.map(
    ({ ingress, params }) => params.loadBalancerName ?? annotations(ingress).text("load-balancer-name"),
  );
  const parts = group.explicit ? [group.id] : group.id.split("/");
  return oneOf("load balancer name", asked) ?? loadBalancerName(parts, [cluster, group.id, scheme]);
}

function subnetsOf(members: readonly ClassifiedIngress[]): SubnetChoice {
  for (const { ingress, params } of members) {
    if (params.subnets?.ids) return { by: "id", ids: params.subnets.ids };
    if (params.subnets?.tags) return { by: "tags", tags: params.subnets.tags };
    const ids = annotations(ingress).list("subnets");
    if (ids !== undefined) return { by: "id", ids };
  }
  return { by: "role" };
}

function securityGroupsOf(members: readonly ClassifiedIngress[], listeners: readonly GroupListener[]) {
  const asked = members.map(({ ingress }) => annotations(ingress).text("security-groups"));
  const ids = oneOf("security groups", asked)?.split(",");
  if (ids !== undefined) return { ids: ids.map((id) => id.trim()) };
  const inbound = listeners.flatMap(({ port, inboundCidrs }) =>
    inboundCidrs.map((cidr) => ({ port, protocol: "tcp" as const, cidr })),
  );
  return { inbound };
}

function attributesOf(members: readonly ClassifiedIngress[]): Record<string, string> {
  const pairs = members.flatMap(({ ingress, params }) => [
    ...Object.entries(annotations(ingress).pairs("load-balancer-attributes")),
    ...(params.loadBalancerAttributes ?? []).map(({ key, value }): [string, string] => [key, value]),
  ]);
  return Object.fromEntries(pairs);
}

/** What the class says beats the annotation; an Ingress with neither leaves it to the others of its group. */
function webAclOf(members: readonly ClassifiedIngress[]): Pick<LoadBalancerPlan, "webAcl"> {
  const asked = members.map(({ ingress, params }) => params.wafv2AclArn ?? annotations(ingress).text("wafv2-acl-arn"));
  const webAcl = oneOf("WAFv2 WebACL ARNs", asked);
  return webAcl === undefined ? {} : { webAcl };
}

function tagsOf(members: readonly ClassifiedIngress[]): Record<string, string> {
  const pairs = members.flatMap(({ ingress, params }) => [
    ...Object.entries(annotations(ingress).pairs("tags")),
    ...(params.tags ?? []).map(({ key, value }): [string, string] => [key, value]),
  ]);
  return Object.fromEntries(pairs);
}

function oneOf<Value extends string>(what: string, values: readonly (Value | undefined)[]): Value | undefined {
  const [value, ...others] = [...new Set(values.filter((candidate) => candidate !== undefined))];
  if (others.length > 0) throw new UnbuildableModel(`conflicting ${what}: ${[value, ...others].join(", ")}`);
  return value;
}

function annotations(ingress: Ingress): Annotations {
  return new Annotations(ingress, INGRESS_ANNOTATIONS);
}
