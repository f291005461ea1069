import type { States } from "./states";
import type { StateAddress, DeployableStack } from "./stacks";

/** A stack that others read and that is not deployed. */
export interface MissingProducer {
  /** Id of the stack whose plan would fail. */
  readonly reader: string;
  readonly state: StateAddress;
}

/**
 * Producers without a state. Terraform would only say "Unable to find remote state" of them.
 * @param stacks the stacks to be planned
 * @param made stacks that the same run makes first: what they make is not missing. @default none
 */
export async function missingProducers(
  stacks: readonly DeployableStack[],
  states: States,
  made: readonly DeployableStack[] = [],
): Promise<MissingProducer[]> {
  const own = new Set(made.map(({ state }) => written(state)));
  const reads = stacks.flatMap(({ id, reads }) =>
    reads.filter((state) => !own.has(written(state))).map((state) => ({ reader: id, state })),
  );
  const found = new Map<string, boolean>();
  for (const { state } of reads) {
    if (!found.has(written(state))) found.set(written(state), await states.exists(state));
  }
  return reads.filter(({ state }) => found.get(written(state)) === false);
}

/** Which workspace and stack is missing and the command that deploys it, in one sentence. */
export function missingProducerSentence(environment: string, { reader, state }: MissingProducer): string {
  const owner = ownerOf(environment, state);
  if (owner === undefined) return `${reader} reads the state ${written(state)}, which does not exist.`;
  const { workspace, stackId } = owner;
  return `${reader} reads stack ${stackId} of ${workspace}, which is not deployed. Deploy it first: npx nx deploy ${workspace} --configuration=${environment}`;
}

/** Whose state it is, which its place tells: `<environment>[/<cluster>]/<workspace>/<stack>.tfstate`. */
export function ownerOf(environment: string, state: StateAddress): { workspace: string; stackId: string } | undefined {
  const place = new RegExp(
    String.raw`^(?:.*/)?${environment}(?:/([a-z][a-z0-9]{0,3}))?/([a-z0-9-]+)/([^/]+)\.tfstate$`,
  );
  const [, cluster, workspace, stack] = place.exec(written(state)) ?? [];
  if (workspace === undefined || stack === undefined) return undefined;
  return { workspace, stackId: [environment, cluster, stack].filter((part) => part !== undefined).join("-") };
}

function written(state: StateAddress): string {
  return state.kind === "s3" ? `s3://${state.bucket}/${state.key}` : state.path;
}
