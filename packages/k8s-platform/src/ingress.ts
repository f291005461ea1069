import type { Environment } from "@demarc/shared/environment";
import type { Router } from "@demarc/shared/exposure";

/** Ingress class of a team: of its own load balancer, or of its share of one. */
export function ingressClassOf(team: string): string {
  return `alb-${team}`;
}

/** Ingress class of the load balancer before a cluster's router. No team has the name of the router's namespace. */
export function routerClassOf({ namespace }: Router): string {
  return `alb-${namespace}`;
}

/** Ingress classes of all teams, by the team's name. */
export function ingressClasses({ teams }: Pick<Environment, "teams">): Record<string, string> {
  return Object.fromEntries(Object.keys(teams).map((team) => [team, ingressClassOf(team)]));
}
