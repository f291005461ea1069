import { cel } from "./cel";

/** What k8s-platform's settings let one team do that others may not. */
export interface TeamRules {
  /** Images without a digest. */
  readonly mutableImages: readonly { readonly image: string }[];
  /** Taints of nodes that its pods may tolerate. */
  readonly tolerations: readonly AllowedToleration[];
  /** The most seconds that its pods may take to stop. */
  readonly longestGraceSeconds: number;
}

export interface AllowedToleration {
  readonly key: string;
  /** @default any */
  readonly value?: string | undefined;
  /** @default any */
  readonly effect?: string | undefined;
}

/** What the rules on pods are made from. */
export interface WorkloadContext {
  /** Registries with the first parts of a path, such as "ghcr.io/example". */
  readonly registries: readonly string[];
  /** By the team's name, which is its namespace's. */
  readonly teams: Readonly<Record<string, TeamRules>>;
}

/** An expression that is true where that of the object's own team is; one of "false" is left out. */
export function forOwnTeam(teams: WorkloadContext["teams"], of: (rules: TeamRules) => string): string {
  const own = Object.entries(teams)
    .map(([team, rules]) => ({ team, expression: of(rules) }))
    .filter(({ expression }) => expression !== "false")
    .map(({ team, expression }) => `(object.metadata.namespace == ${cel(team)} && ${expression})`);
  return own.length === 0 ? "false" : `(${own.join(" || ")})`;
}
