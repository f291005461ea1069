import { accessStackId, type DeliveryStep, type Environment, InvalidInput } from "../../environment";
import { LONGEST_POLICY, policyLength, type Statement } from "../../iam";
import type { Workspace } from "../../workspace";
import { isRead } from "../access";
import { statementsOfCommands } from "./asked";
import { merged } from "./merged";
import { statementsOfRights } from "./rights";
import { split } from "./split";
import { statementsOfStored } from "./stored";

/** Managed policies that a role has at most. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MOST_POLICIES = 10;

/** All that whoever plans or deploys a workspace may do, made from the table of who may create what. */
export function deliveryStatements(environment: Environment, workspace: Workspace, step: DeliveryStep): Statement[] {
  const rights = statementsOfRights(environment, workspace);
  return merged([
    ...(step === "plan" ? rights.flatMap(reading) : rights),
    ...statementsOfStored(environment, workspace, step),
    ...statementsOfCommands(environment, workspace, step),
  ]);
}

/**
 * The same as policies that AWS takes: statements of each.
 * @throws InvalidInput where they are more, or longer, than a role may have
 */
export function deliveryPolicies(environment: Environment, workspace: Workspace, step: DeliveryStep): Statement[][] {
  const policies = split(deliveryStatements(environment, workspace, step));
  const longest = Math.max(...policies.map(policyLength));
  if (policies.length <= MOST_POLICIES && longest <= LONGEST_POLICY) return policies;
  const message = `the role needs ${String(policies.length)} policies, of which the longest has ${String(longest)} characters, and AWS takes ${String(MOST_POLICIES)} of ${String(LONGEST_POLICY)} at most; give the environment fewer clusters, or shorten packages/shared/src/ownership/access`;
  throw new InvalidInput([
    { subject: accessStackId(environment), problems: [{ path: `${workspace.name}-${step}`, message }] },
  ]);
}

function reading(statement: Statement): Statement[] {
  const Action = statement.Action.filter(isRead);
  return Action.length === 0 ? [] : [{ ...statement, Action }];
}
