import type { ReturningLogGroups } from "./log-groups";
import type { Policies } from "./policies";
import type { States } from "./states";

/** What a command needs beside its arguments. */
export interface Setting {
  /** Environment variables of all that it runs. */
  readonly variables: NodeJS.ProcessEnv;
  /** Absolute path of the folder for what is deployed: a new one in it for each run. */
  readonly home: string;
  readonly states: States;
  readonly policies: Pick<Policies, "exists">;
  readonly logGroups: ReturningLogGroups;
  /** Whether a person sits at the terminal. */
  readonly terminal: boolean;
  /** Tells the person one line. */
  readonly say: (line: string) => void;
}
