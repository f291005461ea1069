import { actionsMatching } from "./actions";
import { loadPolicy, type NamedPolicy } from "./policies";

/** Whom a question is about, when it is not yet known on what it acts. */
export interface Actor {
  readonly identityPolicies: readonly NamedPolicy[];
  /** @default none */
  readonly boundary?: NamedPolicy;
}

/**
 * Actions that a statement of this actor, inside its boundary, allows on something; `*` alone where it may do everything. What an
 * allowing NotAction of its own leaves is not among them. Resource and conditions are not looked at: `judge` answers for one resource.
 *
 * @throws UnanswerableError where a policy is none that AWS takes
 */
export async function everAllowed({ identityPolicies, boundary }: Actor): Promise<readonly string[]> {
  const own = await actionsOf(identityPolicies);
  const inside = boundary === undefined ? own : await bounded(own, boundary);
  return inside.includes("*") ? ["*"] : inside.toSorted();
}

/** Patterns of the boundary are spelled out once, as there may be a thousand actions to hold against them. */
async function bounded(own: readonly string[], boundary: NamedPolicy): Promise<readonly string[]> {
  // What may do everything is told by what bounds it.
  if (own.includes("*")) return actionsOf([boundary]);
  const statements = await Promise.all(allowStatements(boundary).map(reachOf));
  return own.filter((action) => statements.some((reaches) => reaches(action)));
}

async function actionsOf(policies: readonly NamedPolicy[]): Promise<readonly string[]> {
  const statements = policies.flatMap(allowStatements);
  return spelledOut(statements.flatMap((statement) => textsOf(property(statement, "Action"))));
}

async function spelledOut(patterns: readonly string[]): Promise<readonly string[]> {
  return [...new Set((await Promise.all(patterns.map(actionsMatching))).flat())];
}

function allowStatements(named: NamedPolicy): unknown[] {
  const { policyDocument } = loadPolicy("identity", named) as { policyDocument: unknown };
  return statementsOf(policyDocument).filter((statement) => property(statement, "Effect") === "Allow");
}

/** Which actions an allowing statement is about: those that it names, or all but those. */
async function reachOf(statement: unknown): Promise<(action: string) => boolean> {
  const except = property(statement, "NotAction");
  const actions = await spelledOut(textsOf(except ?? property(statement, "Action")));
  const named = new Set(actions.map((action) => action.toLowerCase()));
  const names = (action: string) => named.has("*") || named.has(action.toLowerCase());
  return except === undefined ? names : (action) => !names(action);
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
