import { LONGEST_POLICY, policyLength, type Statement } from "../../iam";

/** Puts statements into as few policies as fit by a simple rule: the longest first, each into the first that has room. */
export function split(statements: readonly Statement[]): Statement[][] {
  const policies: Statement[][] = [];
  const longestFirst = statements.flatMap(pieces).sort((one, other) => policyLength([other]) - policyLength([one]));
  for (const statement of longestFirst) {
    const roomy = policies.find((policy) => policyLength([...policy, statement]) <= LONGEST_POLICY);
    if (roomy === undefined) policies.push([statement]);
    else roomy.push(statement);
  }
  return policies;
}

/** A statement that is too long for one policy, as several. */
function pieces(statement: Statement): Statement[] {
  if (policyLength([statement]) <= LONGEST_POLICY) return [statement];
  const part = statement.Resource.length > 1 ? "Resource" : "Action";
  const values = statement[part];
  const middle = Math.ceil(values.length / 2);
  if (middle === values.length) return [statement];
  return [values.slice(0, middle), values.slice(middle)].flatMap((half) => pieces({ ...statement, [part]: half }));
}
