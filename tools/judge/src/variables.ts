import type { NamedPolicy } from "./policies";
import type { Context } from "./principal";

/** An ARN whose last part begins with a variable: `arn:aws:sqs:*:*:${aws:PrincipalTag/team}-*`. */
const BEGINS_WITH_VARIABLE = /^arn:(?:[^:]*:){4}\$\{/;

/**
 * Puts a request's values into such ARNs. The simulator splits an ARN at the first `/` or `:` of its last part before it looks
 * at variables, so one that begins there would never match. Other ARNs are left to it, and so are variables without a value.
 */
export function withVariables(named: NamedPolicy, context: Context): NamedPolicy {
  if (!/"arn:(?:[^:"]*:){4}\$\{/.test(JSON.stringify(named.policy))) return named;
  const statements = "Statement" in named.policy ? [named.policy.Statement].flat() : [];
  return { name: named.name, policy: { ...named.policy, Statement: statements.map((each) => filled(each, context)) } };
}

function filled(statement: unknown, context: Context): unknown {
  if (typeof statement !== "object" || statement === null) return statement;
  return Object.fromEntries(
    Object.entries(statement).map(([key, value]: [string, unknown]) => [
      key,
      key === "Resource" || key === "NotResource" ? [value].flat().map((arn) => filledArn(arn, context)) : value,
    ]),
  );
}

function filledArn(arn: unknown, context: Context): unknown {
  if (typeof arn !== "string" || !BEGINS_WITH_VARIABLE.test(arn)) return arn;
  return arn.replace(/\$\{([^},]+)\}/g, (variable, name: string) => {
    const key = Object.keys(context).find((given) => given.toLowerCase() === name.toLowerCase());
    const value = key === undefined ? undefined : context[key];
    // A value's own wildcards stand for themselves.
    return typeof value === "string" ? value.replace(/[*?$]/g, "${$&}") : variable;
  });
}
