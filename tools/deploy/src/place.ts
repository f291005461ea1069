import type { StateAddress } from "./stacks";

/** Whose a state is. */
export interface Place {
  /** Short id of a cluster. Undefined: the stack is the whole environment's. */
  readonly cluster: string | undefined;
  /** Kind of the workspace. */
  readonly workspace: string;
  /** What the stack is called in its workspace, such as `network`: the same in every environment. */
  readonly stack: string;
  readonly stackId: string;
}

/**
 * Whose a state is, as the place tells where it lies: `<environment>[/<cluster>]/<workspace>/<stack>.tfstate`.
 * @returns undefined where it is none of that environment's
 */
export function placeOf(environment: string, state: StateAddress): Place | undefined {
  const pattern = new RegExp(
    String.raw`^(?:.*/)?${environment}(?:/([a-z][a-z0-9]{0,3}))?/([a-z0-9-]+)/([^/]+)\.tfstate$`,
  );
  const [, cluster, workspace, stack] = pattern.exec(writtenAddress(state)) ?? [];
  if (workspace === undefined || stack === undefined) return undefined;
  const stackId = [environment, cluster, stack].filter((part) => part !== undefined).join("-");
  return { cluster, workspace, stack, stackId };
}

/** A state's address in one text. */
export function writtenAddress(state: StateAddress): string {
  return state.kind === "s3" ? `s3://${state.bucket}/${state.key}` : state.path;
}
