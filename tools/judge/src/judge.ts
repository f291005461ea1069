import { runSimulation, type RunSimulationResults, type Simulation } from "@cloud-copilot/iam-simulate";
import { actionFacts, resourceTypesFor } from "./actions";
import { judgeMerged } from "./merged";
import { loadPolicy, type NamedPolicy } from "./policies";
import { principalArn, principalContext, type Context } from "./principal";
import type { Question } from "./question";
import { UnanswerableError } from "./unanswerable";
import { withVariables } from "./variables";
import { verdictOf, type Verdict } from "./verdict";

/**
 * Asks IAM's rules: identity policies, boundary, session and resource policy together.
 *
 * @throws UnanswerableError where the question is none: unknown action, a resource that the action does not act on, an invalid policy
 */
export async function judge(question: Question): Promise<Verdict> {
  const types = await resourceTypesFor(question.action, question.resource);
  if (types.some(({ isUnknown }) => isUnknown)) return judgeMerged(question, contextOf(question));
  const outcome = await runSimulation(simulationOf(question), {});
  if (outcome.resultType === "error") throw await unanswerable(question, outcome.errors.message);
  const names = { boundary: question.boundary?.name, resourcePolicy: question.resourcePolicy?.name };
  const { analysis, ignoredContextKeys = [] } = await decisive(outcome, question);
  const byHand = new Set(Object.keys(question.context ?? {}));
  const ignored = ignoredContextKeys.filter((key) => byHand.has(key));
  return verdictOf(analysis, names, ignored);
}

function simulationOf(question: Question): Simulation {
  const { principal, boundary, resourcePolicy, sessionPolicy } = question;
  const context = contextOf(question);
  return {
    request: {
      principal: principalArn(principal),
      action: question.action,
      resource: { resource: question.resource, accountId: question.account },
      contextVariables: context,
    },
    identityPolicies: question.identityPolicies.map((policy) => simulated(policy, context)),
    ...(boundary === undefined ? {} : { permissionBoundaryPolicies: [simulated(boundary, context)] }),
    ...(resourcePolicy === undefined ? {} : { resourcePolicy: loadPolicy("resource", resourcePolicy) }),
    ...(sessionPolicy === undefined ? {} : { sessionPolicy: loadPolicy("session", sessionPolicy) }),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
}

function simulated(policy: NamedPolicy, context: Context) {
  return { name: policy.name, policy: loadPolicy("identity", withVariables(policy, context)) };
}

/** @throws UnanswerableError where a key of the principal is given by hand: it would say something else than the principal */
function contextOf({ principal, account, context = {} }: Question): Record<string, string | string[]> {
  const derived: Context = { ...principalContext(principal), "aws:ResourceAccount": account };
  const byHand = Object.keys(context).filter((key) => key in derived || key.startsWith("aws:PrincipalTag/"));
  if (byHand.length > 0)
    throw new UnanswerableError(`${byHand.join(", ")}: set from the principal and the account; give its tags there`);
  return Object.fromEntries(
    Object.entries({ ...context, ...derived }).map(([key, value]) => [
      key,
      typeof value === "string" ? value : [...value],
    ]),
  );
}

type Answered = Exclude<RunSimulationResults, { resultType: "error" }>;

/** Of a resource with wildcards the simulator answers for every pattern in it; the one that is refused decides. */
async function decisive(outcome: Answered, question: Question) {
  if (outcome.resultType === "single") return outcome.result;
  const refused = outcome.results.find(({ analysis }) => analysis.result !== "Allowed");
  const result = outcome.overallResult === "Allowed" ? outcome.results[0] : refused;
  if (result !== undefined) return result;
  // Nothing in the policies touches the pattern at all: a question without policies has the analysis that says so.
  const nothing = await runSimulation(simulationOf({ ...question, resource: concrete(question.resource) }), {});
  if (nothing.resultType !== "single") throw await unanswerable(question, "no result");
  return nothing.result;
}

/** A resource that the pattern stands for and that nobody names. */
function concrete(resource: string): string {
  return resource.replaceAll("*", "0");
}

async function unanswerable({ action, resource }: Question, message: string): Promise<UnanswerableError> {
  const facts = await actionFacts(action);
  if (facts === undefined) return new UnanswerableError(`action "${action}" does not exist`);
  if (facts.resourceTypes.length === 0)
    return new UnanswerableError(`${action} knows no resources: ask about "*", not "${resource}"`);
  const fitting = await resourceTypesFor(action, resource);
  const patterns = (fitting.length > 0 ? fitting : facts.resourceTypes).map(({ name, arn }) => `  ${name}: ${arn}`);
  const what = fitting.length > 1 ? "is more than one kind of resource" : "is no resource";
  return new UnanswerableError(`"${resource}" ${what} of ${action} (${message}):\n${patterns.join("\n")}`);
}
