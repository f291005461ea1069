import { readFileSync } from "node:fs";
import path from "node:path";
import { usesOf } from "@demarc/gate";
import { accountStackId, type Environment } from "@demarc/shared/environment";
import { isRecord } from "@demarc/shared/json";
import { accountStateOf } from "@demarc/shared/state";
import { z } from "zod";
import { placeOf, writtenAddress } from "../place";
import { type DeployableStack, remoteState, type StateAddress } from "../stacks";

/** What a stack uses of one version of a contract, as it is recorded of the stack. */
export const recordedUse = z.object({
  team: z.string(),
  /** Id of the stack that publishes it. */
  producer: z.string(),
  contract: z.string(),
  version: z.number(),
  outputs: z.union([z.array(z.string()), z.literal("all")]),
});

export type RecordedUse = z.output<typeof recordedUse>;

/** What a stack uses of contracts, as it was synthesized. */
export function recordedUsesOf({ id, directory }: Pick<DeployableStack, "id" | "directory">, environment: Environment) {
  const producerOf = (backend: unknown, config: unknown) => {
    const { data } = remoteState.safeParse({ backend, config });
    return data && stackOf(data, environment);
  };
  return usesOf([{ id, json: jsonOf(directory) }], producerOf).map(
    ({ team, producer, contract, version, outputs }): RecordedUse => ({
      ...{ team, producer, contract, version },
      outputs: outputs === "all" ? outputs : [...outputs],
    }),
  );
}

/** A stack's JSON in its folder. */
export function jsonOf(directory: string): Readonly<Record<string, unknown>> {
  const json: unknown = JSON.parse(readFileSync(path.join(directory, "cdk.tf.json"), "utf8"));
  return isRecord(json) ? json : {};
}

/** Id of the stack that a state is of. */
function stackOf(state: StateAddress, environment: Environment): string | undefined {
  const isAccounts = writtenAddress(state) === writtenAddress(accountStateOf(environment).backend);
  return isAccounts ? accountStackId(environment) : placeOf(environment.name, state)?.stackId;
}
