import type { Environment } from "@demarc/shared/environment";

/** Ingress class of a team: of its own load balancer, or of its share of one. */
export function ingressClassOf(team: string): string {
  return `alb-${team}`;
}

/** Ingress classes of all teams, by the team's name. */
export function ingressClasses({ teams }: Pick<Environment, "teams">): Record<string, string> {
  return Object.fromEntries(Object.keys(teams).map((team) => [team, ingressClassOf(team)]));
}
