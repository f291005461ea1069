import type { AppStatementInput } from "../apps";
import type { Environment } from "../environment";

/** A workspace, or an app: what one team deploys on its own. */
export interface Workspace {
  /** nx project: `infra`, `k8s-platform`, or the app's name. */
  readonly name: string;
  /** Which rules hold for it, and where its states and roles stand: all apps are of one kind. */
  readonly kind: WorkspaceKind;
  /** Team that owns it: of the environment for a workspace, its own word for an app. */
  team(environment: Environment): string;
  /** What an app claims for itself; the stacks' check compares it with the registry. @default none: no app */
  readonly statement?: AppStatementInput;
}

export type WorkspaceKind = "infra" | "k8s-platform" | "apps";

const ownedByEnvironment = (name: "infra" | "k8s-platform"): Workspace => ({
  name,
  kind: name,
  team: ({ teams }) => {
    const owner = Object.keys(teams).find((team) => teams[team]?.owns?.includes(name));
    if (owner === undefined) throw new Error(`no team owns ${name}: the environment was not validated`);
    return owner;
  },
});

export const infra = ownedByEnvironment("infra");
export const k8sPlatform = ownedByEnvironment("k8s-platform");

/** An app, one folder of packages/apps. @param statement `demarc` of its package.json */
export function appWorkspace(name: string, statement: AppStatementInput): Workspace {
  return { name, kind: "apps", team: () => statement.team, statement };
}
