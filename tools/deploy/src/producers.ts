import { placeOf, writtenAddress } from "./place";
import { nxCommand, type Scope } from "./scope";
import type { States } from "./states";
import type { StateAddress, DeployableStack } from "./stacks";

/** A stack that others read and that is not deployed. */
export interface MissingProducer {
  /** Id of the stack whose plan would fail. */
  readonly reader: string;
  readonly state: StateAddress;
}

/**
 * Producers that are not deployed. Terraform would only say "Unable to find remote state" of them, or nothing of one that was destroyed.
 * @param stacks the stacks to be planned
 * @param there stacks that are deployed, or that the same run makes first: they are not missing, and nobody is asked. @default none
 */
export async function missingProducers(
  stacks: readonly DeployableStack[],
  states: States,
  there: readonly DeployableStack[] = [],
): Promise<MissingProducer[]> {
  const own = new Set(there.map(({ state }) => writtenAddress(state)));
  const reads = stacks.flatMap(({ id, reads }) =>
    reads.filter((state) => !own.has(writtenAddress(state))).map((state) => ({ reader: id, state })),
  );
  const found = new Map<string, boolean>();
  for (const { state } of reads) {
    if (!found.has(writtenAddress(state))) found.set(writtenAddress(state), await states.isDeployed(state));
  }
  return reads.filter(({ state }) => found.get(writtenAddress(state)) === false);
}

/** Which workspace and stack is missing and the command that deploys it, in one sentence. */
export function missingProducerSentence(scope: Scope, { reader, state }: MissingProducer): string {
  const place = placeOf(scope.environment, state);
  if (place === undefined) return `${reader} reads the state ${writtenAddress(state)}, which does not exist.`;
  const { workspace, stackId, cluster } = place;
  const command = nxCommand(
    "deploy",
    workspace,
    cluster === scope.cluster ? scope : { environment: scope.environment },
  );
  return `${reader} reads stack ${stackId} of ${workspace}, which is not deployed. Deploy it first: ${command}`;
}
