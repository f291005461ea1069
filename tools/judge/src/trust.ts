import { runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import { loadPolicy, type LoadedPolicy, type NamedPolicy } from "./policies";
import { principalArn, principalContext, type Context, type Principal } from "./principal";
import { UnanswerableError } from "./unanswerable";
import type { Verdict } from "./verdict";

const ACTIONS = [
  "sts:AssumeRole",
  "sts:AssumeRoleWithWebIdentity",
  "sts:AssumeRoleWithSAML",
  "sts:TagSession",
  "sts:SetSourceIdentity",
] as const;

/** What a trust policy is asked about. */
export type TrustAction = (typeof ACTIONS)[number];

/** Does this role trust whoever asks for a session of it? */
export interface TrustQuestion {
  /** ARN of the role that is to be assumed. */
  readonly role: string;
  readonly trustPolicy: NamedPolicy;
  readonly principal: Principal;
  readonly action: TrustAction;
  /**
   * All that AWS knows of the request: `<issuer>:sub`, `<issuer>:aud`, `aws:SourceAccount`, `aws:SourceArn`, `aws:RequestTag/…`,
   * `aws:TagKeys` (a list), `sts:RoleSessionName`. An absent key matches no condition that wants it.
   */
  readonly context?: Context;
  /** Policies of the session that asks: a trust policy that names an account leaves the choice to them. @default none */
  readonly identityPolicies?: readonly NamedPolicy[];
  /** @default none */
  readonly boundary?: NamedPolicy;
  /** What the session that asks was narrowed to. @default none */
  readonly sessionPolicy?: NamedPolicy;
}

/**
 * Asks a role's trust policy.
 *
 * The simulator drops condition keys that AWS's reference does not list for the action, and the reference lists no issuer of EKS:
 * so its unchecked way is taken, and what it does not check (the policy, the action) is checked here.
 *
 * @throws UnanswerableError where the policy is none that AWS takes
 */
export function judgeTrust(question: TrustQuestion): Verdict {
  const { trustPolicy, action } = question;
  if (!ACTIONS.includes(action)) throw new UnanswerableError(`"${action as string}" is not asked of a trust policy`);
  const policy = loadPolicy("trust", trustPolicy);
  const result = evaluate(question, policy);
  const by = result === "Allowed" ? "resource policy" : refusing(question, policy);
  if (by !== "resource policy") return { allowed: false, explicit: result === "ExplicitlyDenied", by, ignoredKeys: [] };
  const statement = result === "ImplicitlyDenied" ? undefined : decidingStatement(question, result === "Allowed");
  const decision = { by, policy: trustPolicy.name, ...(statement === undefined ? {} : { statement }), ignoredKeys: [] };
  if (result === "Allowed") return { allowed: true, ...decision };
  return { allowed: false, explicit: result === "ExplicitlyDenied", ...decision };
}

const EVERYTHING: NamedPolicy = {
  name: "everything",
  policy: { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
};

/** Which kind of policy refused: the first that still does when those of the asking session that come after it are left out. */
function refusing(question: TrustQuestion, policy: LoadedPolicy): Verdict["by"] {
  const { sessionPolicy, ...unnarrowed } = question;
  const { boundary, ...unbounded } = unnarrowed;
  const isAllowed = (asked: TrustQuestion) => evaluate(asked, policy) === "Allowed";
  if (!isAllowed({ ...unbounded, identityPolicies: [EVERYTHING] })) return "resource policy";
  if (!isAllowed(unbounded)) return "identity policy";
  if (boundary !== undefined && !isAllowed(unnarrowed)) return "boundary";
  return sessionPolicy === undefined ? "identity policy" : "session policy";
}

/** The unchecked way knows no session policies: one bounds what the others allow as a boundary does, so each is asked in its place. */
function evaluate(question: TrustQuestion, policy: LoadedPolicy) {
  const { boundary, sessionPolicy } = question;
  const bounded = simulate(question, policy, boundary);
  return bounded !== "Allowed" || sessionPolicy === undefined ? bounded : simulate(question, policy, sessionPolicy);
}

function simulate(question: TrustQuestion, policy: LoadedPolicy, boundary: NamedPolicy | undefined) {
  const { role, principal, action, context = {}, identityPolicies = [] } = question;
  const account = role.split(":")[4] ?? "";
  const all: Context = { ...context, ...principalContext(principal), "aws:ResourceAccount": account };
  return runUnsafeSimulation(
    {
      request: {
        principal: principalArn(principal),
        action,
        resource: { resource: role, accountId: account },
        contextVariables: Object.fromEntries(
          Object.entries(all).map(([key, value]) => [key, typeof value === "string" ? value : [...value]]),
        ),
      },
      identityPolicies: identityPolicies.map((own) => ({ name: own.name, policy: loadPolicy("identity", own) })),
      ...(boundary === undefined
        ? {}
        : { permissionBoundaryPolicies: [{ name: boundary.name, policy: loadPolicy("identity", boundary) }] }),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: policy,
    },
    {},
  );
}

/** The unchecked way says only yes or no; asked of each statement alone, it says which. */
function decidingStatement(question: TrustQuestion, allowed: boolean): string | undefined {
  const { policy, name } = question.trustPolicy;
  const list: readonly unknown[] = "Statement" in policy ? [policy.Statement].flat() : [];
  const wanted = allowed ? "Allowed" : "ExplicitlyDenied";
  const at = list.findIndex(
    (statement) =>
      evaluate(question, loadPolicy("trust", { name, policy: { ...policy, Statement: [statement] } })) === wanted,
  );
  const statement = list[at];
  if (typeof statement !== "object" || statement === null) return undefined;
  return "Sid" in statement && typeof statement.Sid === "string" ? statement.Sid : `#${at + 1}`;
}
