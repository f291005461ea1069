import type { Problem } from "@demarc/shared/environment";
import { type Bounded, boundedId, LONGEST_POLICY, policyLength } from "@demarc/shared/iam";

/** What is wrong with the length of a boundary. @param policy its text */
export function lengthProblems(bounded: Bounded, policy: string): Problem[] {
  const length = policyLength(policy);
  if (length <= LONGEST_POLICY) return [];
  const [whose, wayOut] =
    bounded.kind === "apps"
      ? [
          `the boundary of team "${bounded.team}"'s apps`,
          `each database user of the team is one ARN in it: let apps share one, or give some of them (demarc in their package.json) to a team of its own`,
        ]
      : [`the boundary of ${bounded.kind}`, "shorten it in packages/shared/src/iam/boundaries"];
  const message = `${whose} has ${String(length)} characters without white space, and AWS takes ${String(LONGEST_POLICY)} at most; ${wayOut}`;
  return [{ path: `boundary-${boundedId(bounded)}`, message }];
}
