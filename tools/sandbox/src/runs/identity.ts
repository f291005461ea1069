import type { DeployableStack } from "@demarc/deploy";
import { administratorsStackIds } from "@demarc/shared/environment";
import { administratorVariablesOf, type Session, variablesOf } from "../session";

/** Environment of what plans, deploys or destroys a stack: its owner acts, and for the administrators' stacks an administrator. */
export async function variablesOfStack(
  session: Session,
  { id, team }: Pick<DeployableStack, "id" | "team">,
): Promise<NodeJS.ProcessEnv> {
  if (administratorsStackIds(session.environment).includes(id)) return administratorVariablesOf(session);
  if (team === undefined) throw new Error(`stack ${id} has no tag that tells its team`);
  return variablesOf(session, team);
}
