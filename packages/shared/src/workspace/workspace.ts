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

/** Those that were made here, and have the kind that goes with their name. */
const made = new WeakSet<Workspace>();

function make(workspace: Workspace): Workspace {
  made.add(workspace);
  return Object.freeze(workspace);
}

/** Whether a workspace is as it was made here: one that somebody put together may call itself of any kind. */
export function isWorkspace(workspace: Workspace): boolean {
  return made.has(workspace);
}

const ownedByEnvironment = (name: "infra" | "k8s-platform"): Workspace =>
  make({
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
  return make({ name, kind: "apps", team: () => statement.team, statement });
}
