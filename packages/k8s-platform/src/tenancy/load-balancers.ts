import { clusterName, type Environment, type Problem } from "@demarc/shared/environment";
import { z } from "zod";

/** The longest group name that the load balancer controller takes: pkg/ingress/group_loader.go. */
const LONGEST = 63;

const shared = z.strictObject({
  /** After the cluster's name, the name of its group. It is no team's. */
  name: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/, "must be one short DNS label, such as backoffice"),
  /** Who shares it. */
  teams: z.array(z.string()).min(2, "must be two teams or more: one has a load balancer of its own").readonly(),
  /** Why an own one is not worth its price, though the teams can do that to each other. */
  reason: z.string().trim().min(10, "must say in 10 characters or more why these teams share one"),
});

/**
 * Who shares a load balancer. Each of its teams can then, by one value that the controller or AWS refuses and admission cannot see
 * (a backend's port that its Service lacks), keep new Ingresses of the others without an address, hold up changes and deletions of
 * theirs, and use up the load balancer's rules. It cannot take their host names.
 */
export const loadBalancersSettings = z.strictObject({
  /** @default none: each team has its own */
  shared: z.array(shared).readonly().default([]),
});

export type LoadBalancersSettings = z.output<typeof loadBalancersSettings>;

/** Name of a team's load balancer within its cluster: its own, or the one that it shares. */
export function loadBalancerOf({ loadBalancers }: { loadBalancers: LoadBalancersSettings }, team: string): string {
  return loadBalancers.shared.find(({ teams }) => teams.includes(team))?.name ?? team;
}

/** What is wrong between shared load balancers and environment. */
export function loadBalancerProblems({ shared }: LoadBalancersSettings, environment: Environment): Problem[] {
  const known = Object.keys(environment.teams);
  const found = shared.flatMap(({ name, teams }, at) => {
    const earlier = shared.slice(0, at);
    return [
      ...teams
        .filter((team) => !known.includes(team))
        .map((team) => `there is no team "${team}" in this environment; it must be one of ${known.join(", ")}`),
      ...teams
        .filter((team, position) => teams.indexOf(team) < position || earlier.some((it) => it.teams.includes(team)))
        .map((team) => `team "${team}" shares a load balancer already; name it once`),
      ...(known.includes(name) ? [`"${name}" is a team's, whose own load balancer has that name; take another`] : []),
      ...(earlier.some((it) => it.name === name) ? [`there are two of the name "${name}"; take another`] : []),
    ].map((message) => ({ path: `tenancy.loadBalancers.shared.${at}`, message }));
  });
  return [...found, ...tooLong([...known, ...shared.map(({ name }) => name)], environment)];
}

function tooLong(names: readonly string[], environment: Environment): Problem[] {
  const groups = Object.keys(environment.clusters).flatMap((id) =>
    names.map((name) => `${clusterName(environment, id)}-${name}`),
  );
  return groups
    .filter((group) => group.length > LONGEST)
    .map((group) => ({
      path: "tenancy.loadBalancers",
      message: `the load balancer's group "${group}" has more than ${LONGEST} characters; shorten the name of environment, cluster or team`,
    }));
}
