import { actionsMatching } from "./actions";
import { loadPolicy, type NamedPolicy } from "./policies";

/** Whom a question is about, when it is not yet known on what it acts. */
export interface Actor {
  readonly identityPolicies: readonly NamedPolicy[];
  /** @default none */
  readonly boundary?: NamedPolicy;
}

/**
 * Whether any resource and any condition could let this actor do it. A "no" is certain, as far as no resource policy names the
 * actor; a "yes" says only that a statement speaks of the action: `judge` answers for one resource.
 *
 * @throws UnanswerableError where a policy is none that AWS takes
 */
export async function mayEver(action: string, { identityPolicies, boundary }: Actor): Promise<boolean> {
  const bounded = boundary === undefined || (await allows(boundary, action));
  if (!bounded) return false;
  const allowing = await Promise.all(identityPolicies.map((policy) => allows(policy, action)));
  return allowing.includes(true);
}

/**
 * Actions that a statement of this actor, inside its boundary, allows on something; `*` alone where it may do everything.
 *
 * @throws UnanswerableError where a policy is none that AWS takes
 */
export async function everAllowed(actor: Actor): Promise<readonly string[]> {
  const { identityPolicies, boundary } = actor;
  const own = await actionsOf(identityPolicies);
  // What may do everything is told by what bounds it.
  const actions = own.includes("*") && boundary !== undefined ? await actionsOf([boundary]) : own;
  if (actions.includes("*")) return ["*"];
  const inside = await Promise.all(actions.map((action) => mayEver(action, actor)));
  return actions.filter((_, index) => inside[index] === true).toSorted();
}

async function actionsOf(policies: readonly NamedPolicy[]): Promise<string[]> {
  const patterns = policies.flatMap((policy) =>
    allowStatements(policy).flatMap((statement) => textsOf(property(statement, "Action"))),
  );
  return [...new Set((await Promise.all(patterns.map(actionsMatching))).flat())];
}

async function allows(named: NamedPolicy, action: string): Promise<boolean> {
  for (const statement of allowStatements(named)) if (await speaksOf(statement, action)) return true;
  return false;
}

function allowStatements(named: NamedPolicy): unknown[] {
  const { policyDocument } = loadPolicy("identity", named) as { policyDocument: unknown };
  return statementsOf(policyDocument).filter((statement) => property(statement, "Effect") === "Allow");
}

async function speaksOf(statement: unknown, action: string): Promise<boolean> {
  const except = property(statement, "NotAction");
  if (except !== undefined) return !(await matches(except, action));
  return matches(property(statement, "Action"), action);
}

async function matches(patterns: unknown, action: string): Promise<boolean> {
  const actions = await Promise.all(textsOf(patterns).map((pattern) => actionsMatching(pattern)));
  return actions.flat().some((each) => each === "*" || each.toLowerCase() === action.toLowerCase());
}

function textsOf(value: unknown): string[] {
  return [value].flat().filter((each) => typeof each === "string");
}

function statementsOf(document: unknown): unknown[] {
  return [property(document, "Statement")].flat();
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}
