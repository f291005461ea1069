import type { Context, Verdict } from "@demarc/judge";
import { type Asking, trustVerdict } from "./trust";
import type { JudgedRole } from "./role";

/** The policy that refuses: what a test says where it matters that another one would hold too. */
export interface RefusalOptions {
  readonly by?: Verdict["by"];
}

declare module "vitest" {
  interface Matchers<T> {
    /** IAM allows the role that action: its policies, its boundary and the resource's policy together. To be awaited. */
    toAllow(action: string, resource: string, context?: Context): Promise<void>;
    /** IAM refuses it. To be awaited. A question that AWS could not be asked is an error, never a refusal. */
    toRefuse(action: string, resource: string, context?: Context, options?: RefusalOptions): Promise<void>;
    /** The role's trust policy gives it to whoever asks in that way. With `not`: it does not. To be awaited. */
    toTrust(asking: Asking, context?: Context): Promise<void>;
  }
}

expect.extend({
  async toAllow(role: JudgedRole, action: string, resource: string, context: Context = {}) {
    const verdict = await verdictOn(role, action, resource, context);
    return { pass: verdict.allowed, message: () => sentence(role, action, resource, verdict) };
  },
  async toRefuse(
    role: JudgedRole,
    action: string,
    resource: string,
    context: Context = {},
    { by }: RefusalOptions = {},
  ) {
    const verdict = await verdictOn(role, action, resource, context);
    const pass = !verdict.allowed && (by === undefined || verdict.by === by);
    const wanted = by === undefined || verdict.allowed ? "" : `, and not by the ${by}`;
    return { pass, message: () => sentence(role, action, resource, verdict) + wanted };
  },
  async toTrust(role: JudgedRole, asking: Asking, context: Context = {}) {
    const verdict = await trustVerdict(role, asking, context);
    const found = verdict.allowed ? "is trusted" : "is not trusted";
    return {
      pass: verdict.allowed,
      message: () => `${JSON.stringify(asking)} ${found} by ${role.principal.roleArn} with ${JSON.stringify(context)}`,
    };
  },
});

/** Asks what AWS would be asked, with what it knows of every request: it comes over TLS, to the role's region. */
async function verdictOn(role: JudgedRole, action: string, resource: string, context: Context): Promise<Verdict> {
  // Loaded where it is asked: it has all of AWS's actions with it, and most tests have no question.
  const { judge } = await import("@demarc/judge");
  const { principal, place, identityPolicies, boundary } = role;
  const asked = role.resolved(resource);
  const { policy, context: known } = role.resourceAt(asked);
  return judge({
    principal,
    action,
    resource: asked,
    account: place.account,
    identityPolicies,
    boundary,
    ...(policy === undefined ? {} : { resourcePolicy: policy }),
    context: { "aws:RequestedRegion": place.region, "aws:SecureTransport": "true", ...known, ...context },
  });
}

function sentence({ principal, resolved }: JudgedRole, action: string, resource: string, verdict: Verdict): string {
  const { by, policy, statement, ignoredKeys } = verdict;
  const decided = `${by}${policy === undefined ? "" : ` ${policy}`}`;
  const where = statement === undefined ? "" : `, statement ${statement}`;
  const why = verdict.allowed ? `allowed by ${decided}${where}` : refusal(decided + where, verdict.explicit);
  const ignored =
    ignoredKeys.length === 0 ? "" : ` (AWS does not set ${ignoredKeys.join(", ")} for it: no condition on them holds)`;
  return `${principal.roleArn} and ${action} on ${resolved(resource)}: ${why}${ignored}`;
}

function refusal(decided: string, explicit: boolean): string {
  return explicit ? `denied by ${decided}` : `refused, as no statement of its ${decided} allows it`;
}
