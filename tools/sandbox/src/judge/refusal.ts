import { type Refused, sessionArn } from "@demarc/judge";
import type { Identity, Refusal } from "./call";

/** How AWS calls the kinds of policy in its messages. */
const KINDS = {
  "identity policy": "identity-based policy",
  boundary: "permissions boundary",
  "session policy": "session policy",
  "resource policy": "resource-based policy",
} as const;

/** What of a verdict is told to whoever called, and kept. */
export function refusalOf(
  { explicit, by, policy, statement }: Refused,
  asked: Pick<Refusal, "action" | "resource" | "message">,
): Refusal {
  return {
    ...asked,
    by,
    ...(policy === undefined ? {} : { policy }),
    ...(statement === undefined ? {} : { statement }),
    explicit,
  };
}

/** AWS's own words: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function accessDenied(
  { explicit, by }: Pick<Refused, "explicit" | "by">,
  { role, session }: Pick<Identity, "role" | "session">,
  action: string,
  resource: string,
): string {
  const kind = KINDS[by];
  const user = sessionArn({ kind: "session", roleArn: role, sessionName: session });
  const on = resource === "*" ? "" : ` on resource: ${resource}`;
  const why = explicit
    ? `with an explicit deny in ${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`
    : `because no ${kind} allows the ${action} action`;
  return `User: ${user} is not authorized to perform: ${action}${on} ${why}`;
}
