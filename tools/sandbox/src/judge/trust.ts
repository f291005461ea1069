import { judgeTrust, type Principal, sessionArn, UnanswerableError, type Verdict } from "@demarc/judge";
import { z } from "zod";
import { type Decision, identity, namedText } from "./call";
import { namedPolicy, policiesOf, sessionOf } from "./policies";
import { refusalOf } from "./refusal";

/** Whoever asks for a session of a role. */
const caller = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("session"), identity }),
  z.object({
    kind: z.literal("user"),
    arn: z.string(),
    tags: z.record(z.string(), z.string()),
    policies: z.array(namedText),
    boundary: namedText.nullable(),
  }),
  /** An AWS service that acts for somebody: the context has aws:SourceAccount and aws:SourceArn. */
  z.object({ kind: z.literal("service"), service: z.string() }),
  /** The holder of a token that STS has verified. `provider`: ARN of IAM's provider of its issuer. */
  z.object({ kind: z.literal("federated"), provider: z.string() }),
]);

/** A request for a session of a role, before STS gives it. */
export const trustCall = z.object({
  caller,
  /** ARN of the role. */
  role: z.string(),
  /** The role's trust policy, as JSON text. */
  trustPolicy: z.string(),
  /** What the request needs: sts:TagSession besides where it has tags. */
  actions: z
    .array(z.enum(["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:TagSession", "sts:SetSourceIdentity"]))
    .min(1)
    .readonly(),
  /** Condition keys of the request and tags of the role. */
  context: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});

export type TrustCall = z.infer<typeof trustCall>;

/**
 * Whether the role trusts whoever asks, for everything that is asked. A policy that AWS would not have taken trusts nobody.
 */
export function decideTrust(call: TrustCall): Decision {
  const { role, trustPolicy, context } = call;
  const asked = { role, trustPolicy: namedPolicy({ name: `trust policy of ${role}`, document: trustPolicy }), context };
  const principal = principalOf(call.caller);
  const own = { principal, ...ownPolicies(call.caller) };
  for (const action of call.actions) {
    const verdict = answer({ ...asked, ...own, action });
    if (verdict.allowed) continue;
    const message = messageOf(principal, action, role);
    return { outcome: "refused", refusal: refusalOf(verdict, { action, resource: role, message }) };
  }
  return { outcome: "allowed" };
}

function answer(question: Parameters<typeof judgeTrust>[0]): Verdict {
  try {
    return judgeTrust(question);
  } catch (fault) {
    if (!(fault instanceof UnanswerableError)) throw fault;
    return {
      allowed: false,
      explicit: false,
      by: "resource policy",
      policy: question.trustPolicy.name,
      ignoredKeys: [],
    };
  }
}

function ownPolicies(asking: TrustCall["caller"]) {
  if (asking.kind === "service" || asking.kind === "federated") return {};
  return policiesOf(asking.kind === "session" ? asking.identity : asking);
}

function principalOf(asking: TrustCall["caller"]): Principal {
  switch (asking.kind) {
    case "session":
      return sessionOf(asking.identity);
    case "user":
      return { kind: "user", arn: asking.arn, tags: asking.tags };
    case "service":
    case "federated":
      return asking;
  }
}

/** STS's own words, which say less than those of other services: not why, and of a token not whose it is. */
function messageOf(principal: Principal, action: string, role: string): string {
  const refused = (who: string) => `User: ${who} is not authorized to perform: ${action} on resource: ${role}`;
  switch (principal.kind) {
    case "session":
      return refused(sessionArn(principal));
    case "user":
      return refused(principal.arn);
    case "service":
      return refused(principal.service);
    case "federated":
      return `Not authorized to perform ${action}`;
  }
}
