import type { Problem } from "@demarc/shared/environment";
import { type Bounded, boundedId } from "@demarc/shared/iam";

/**
 * Characters that a managed policy has at most. AWS counts no white space.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const LONGEST = 6144;

/** What is wrong with the length of a boundary. @param policy its text */
export function lengthProblems(bounded: Bounded, policy: string): Problem[] {
  const length = policy.replace(/\s/g, "").length;
  if (length <= LONGEST) return [];
  const [whose, wayOut] =
    bounded.kind === "apps"
      ? [
          `the boundary of team "${bounded.team}"'s apps`,
          `each database user of the team is one ARN in it: let apps share one, or give some of them (demarc in their package.json) to a team of its own`,
        ]
      : [`the boundary of ${bounded.kind}`, "shorten it in packages/shared/src/iam/boundaries"];
  const message = `${whose} has ${String(length)} characters without white space, and AWS takes ${String(LONGEST)} at most; ${wayOut}`;
  return [{ path: `boundary-${boundedId(bounded)}`, message }];
}
