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

async function allows(named: NamedPolicy, action: string): Promise<boolean> {
  const { policyDocument } = loadPolicy("identity", named) as { policyDocument: unknown };
  const speaking = statementsOf(policyDocument).filter((statement) => property(statement, "Effect") === "Allow");
  for (const statement of speaking) if (await speaksOf(statement, action)) return true;
  return false;
}

async function speaksOf(statement: unknown, action: string): Promise<boolean> {
  const except = property(statement, "NotAction");
  if (except !== undefined) return !(await matches(except, action));
  return matches(property(statement, "Action"), action);
}

async function matches(patterns: unknown, action: string): Promise<boolean> {
  const list = [patterns].flat().filter((pattern) => typeof pattern === "string");
  const actions = await Promise.all(list.map((pattern) => actionsMatching(pattern)));
  return actions.flat().some((each) => each === "*" || each.toLowerCase() === action.toLowerCase());
}

function statementsOf(document: unknown): unknown[] {
  return [property(document, "Statement")].flat();
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}
