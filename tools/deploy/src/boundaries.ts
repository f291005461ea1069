import { environmentNamed } from "@demarc/shared/environment";
import type { Setting } from "./setting";
import type { DeployableStack } from "./stacks";

/** A permissions boundary that a stack's roles are to have, and that nobody has made. */
export interface MissingBoundary {
  /** Id of the stack whose apply would fail. */
  readonly stack: string;
  readonly arn: string;
}

/** Boundaries that are not there. A plan goes well without them, and IAM refuses the roles in the middle of an apply. */
export async function missingBoundaries(
  environment: string,
  stacks: readonly DeployableStack[],
  { policies, environments }: Pick<Setting, "policies" | "environments">,
): Promise<MissingBoundary[]> {
  const { region } = environmentNamed(environment, environments);
  const needed = stacks.flatMap(({ id, boundaries }) => boundaries.map((arn) => ({ stack: id, arn })));
  const found = new Map<string, boolean>();
  for (const { arn } of needed) if (!found.has(arn)) found.set(arn, await policies.exists(arn, region));
  return needed.filter(({ arn }) => found.get(arn) === false);
}

/** Which boundary is missing and the command that makes it, in one sentence. */
export function missingBoundarySentence(environment: string, { stack, arn }: MissingBoundary): string {
  return `${stack} makes roles within the permissions boundary ${arn}, which does not exist. infra's account stack comes first: npm run bootstrap -- ${environment}`;
}
