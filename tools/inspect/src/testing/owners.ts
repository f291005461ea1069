import { EnvironmentModel } from "../model/environment-model";
import type { WrittenStack } from "../model/written";
import { ownershipOf, type OwnershipTable } from "../ownership/table";
import { linesOf } from "../ownership/text";

/** The table of the one environment that the stacks are of. */
export function tableOf(stacks: readonly WrittenStack[]): OwnershipTable {
  const [model, ...others] = EnvironmentModel.all(stacks);
  if (model === undefined || others.length > 0) throw new Error("the stacks are not of one environment");
  return ownershipOf(model);
}

/** Who has a thing, and what makes it for them. @returns undefined where there is none of it */
export function ownersOf(
  { rows }: OwnershipTable,
  title: string,
): Readonly<Record<string, readonly string[]>> | undefined {
  const row = rows.find((each) => each.title === title);
  return row && Object.fromEntries([...row.cells].map(([team, makers]) => [team, linesOf(makers, (id) => id)]));
}
