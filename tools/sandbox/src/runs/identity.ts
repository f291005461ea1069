import type { DeployableStack } from "@demarc/deploy";
import { administratorsStackIds, type DeliveryStep } from "@demarc/shared/environment";
import { administratorVariablesOf, type Session } from "../session";
import { credentialsOfDelivery } from "../teams";

/** Environment of what plans, deploys or destroys a stack: the role of its workspace acts, and for the administrators' stacks an administrator. */
export async function variablesOfStack(
  session: Session,
  { id, team }: Pick<DeployableStack, "id" | "team">,
  step: DeliveryStep,
): Promise<NodeJS.ProcessEnv> {
  const { environment, projects, servers } = session;
  const variables = administratorVariablesOf(session);
  if (administratorsStackIds(environment).includes(id)) return variables;
  const target = projects.find(({ stacks }) => stacks.some((stack) => stack.id === id));
  if (team === undefined || target === undefined)
    throw new Error(`stack ${id} has no project, or no tag that tells its team`);
  const owner = { project: target.project.name, team };
  return { ...variables, ...(await credentialsOfDelivery(environment, owner, step, servers)) };
}
