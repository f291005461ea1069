import type { RegisteredApp } from "@demarc/shared/apps";
import type { Environment } from "@demarc/shared/environment";
import type { ReturningLogGroups } from "./log-groups";
import type { Project } from "./projects";
import type { Policies } from "./policies";
import type { States } from "./states";

/** Who plans and deploys. */
export interface Identity {
  /** Environment variables of all that is run. */
  readonly variables: NodeJS.ProcessEnv;
  readonly states: States;
  readonly policies: Pick<Policies, "exists">;
  readonly logGroups: ReturningLogGroups;
  /** ARN of whoever it is. @param region any of its partition */
  readonly who: (region: string) => Promise<string>;
}

/** Whose work it is. */
export interface Owner {
  /** Name of the project. */
  readonly project: string;
  readonly team: string;
}

/** Takes a role that acts for the owner. Undefined: the caller itself does. @throws Refusal where the caller may not */
export type ActAs = (environment: Environment, owner: Owner) => Promise<Identity> | undefined;

/** What a command needs beside its arguments: the identity is its caller's. */
export interface Setting extends Identity {
  /** Those that a stack may be of. */
  readonly environments: readonly Environment[];
  /** Apps that there are: no other project is an app's. */
  readonly apps: readonly RegisteredApp[];
  /** Every workspace and app that is deployed on its own. */
  readonly projects: readonly Project[];
  /** Commit that the repository is at. Undefined: Git knows none, or something is not committed. */
  readonly commit: string | undefined;
  /** Who acts in the caller's place on a stack that a team owns. @default the caller, with its own credentials */
  readonly actAs?: ActAs | undefined;
  /** Whether the stacks of infra's administrators are no concern of this caller's, as of a pipeline. @default false */
  readonly withoutAdministrators?: boolean;
  /** Absolute path of the repository. */
  readonly root: string;
  /** Absolute path of the folder for what is deployed: a new one in it for each run. */
  readonly home: string;
  /** Whether a person sits at the terminal. */
  readonly terminal: boolean;
  /** Tells the person one line. */
  readonly say: (line: string) => void;
}
