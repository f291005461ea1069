import type { RegisteredApp } from "../apps";
import type { Environment } from "../environment";
import type { WorkspaceKind } from "../workspace";

/** Whose roles a permissions boundary holds: infra's, k8s-platform's, those of all apps of one team, or all that plan and deploy. */
export type Bounded =
  { readonly kind: Exclude<WorkspaceKind, "apps"> | "delivery" } | { readonly kind: "apps"; readonly team: string };

/** What bounds the roles of a workspace. @param team that owns it */
export function boundedBy(kind: WorkspaceKind, team: string): Bounded {
  return kind === "apps" ? { kind, team } : { kind };
}

/** All whose roles are bounded, where these are the registered apps. */
export function everyBounded(apps: readonly RegisteredApp[]): Bounded[] {
  const teams = [...new Set(apps.map(({ team }) => team))].sort();
  return [
    { kind: "infra" },
    { kind: "k8s-platform" },
    { kind: "delivery" },
    ...teams.map((team) => ({ kind: "apps" as const, team })),
  ];
}

/** Whose it is, in one word: `infra`, `apps-shop`. */
export function boundedId(bounded: Bounded): string {
  return bounded.kind === "apps" ? `apps-${bounded.team}` : bounded.kind;
}

/** Name with path of a permissions boundary. IAM is global, so the region is part of it. */
export function boundaryName({ region }: Pick<Environment, "region">, bounded: Bounded): string {
  return `/demarc/demarc-${region}-${boundedId(bounded)}`;
}
