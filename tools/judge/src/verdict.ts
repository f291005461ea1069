import { getDenialReasons, getGrantReasons, type RequestAnalysis } from "@cloud-copilot/iam-simulate";

/** The policy that decided, and where in it. */
interface Decision {
  /** Kind of policy that decided; of a refusal that nothing allowed, the kind that would have had to. */
  readonly by: "identity policy" | "boundary" | "session policy" | "resource policy";
  /** Name of the policy, where one decided. */
  readonly policy?: string;
  /** Its statement: the Sid, or its place from 1, as `#2`. */
  readonly statement?: string;
  /** Condition keys that were given, and that AWS does not set for this action: no condition on them can match. */
  readonly ignoredKeys: readonly string[];
}

export interface Allowed extends Decision {
  readonly allowed: true;
}

export interface Refused extends Decision {
  readonly allowed: false;
  /** A Deny refused; otherwise nothing allowed it. */
  readonly explicit: boolean;
}

export type Verdict = Allowed | Refused;

const kinds = {
  identity: "identity policy",
  pb: "boundary",
  resource: "resource policy",
} as const;

export function verdictOf(analysis: RequestAnalysis, names: Names, ignoredKeys: readonly string[]): Verdict {
  return analysis.result === "Allowed"
    ? { allowed: true, ...grantOf(analysis, names), ignoredKeys }
    : { allowed: false, ...refusalOf(analysis, names), ignoredKeys };
}

/** Names of the policies that the simulator does not name. */
export interface Names {
  readonly boundary?: string | undefined;
  readonly resourcePolicy?: string | undefined;
}

/** A resource policy that allows by itself comes last: an identity policy is what a team writes. */
function grantOf(analysis: RequestAnalysis, names: Names): Omit<Decision, "ignoredKeys"> {
  const grants = getGrantReasons(analysis);
  const grant = grants.find(({ policyType }) => policyType === "identity") ?? grants.find(isKnown);
  if (grant === undefined || !isKnown(grant)) return { by: "resource policy" };
  return placed(
    kinds[grant.policyType],
    "policyIdentifier" in grant ? grant.policyIdentifier : names.resourcePolicy,
    grant,
  );
}

function refusalOf(analysis: RequestAnalysis, names: Names): Omit<Refused, "allowed" | "ignoredKeys"> {
  const { sessionAnalysis } = analysis;
  const sessionDeny = sessionAnalysis?.denyStatements[0]?.statement;
  if (sessionDeny !== undefined)
    return {
      explicit: true,
      ...placed("session policy", undefined, statementAt(sessionDeny.sid(), sessionDeny.index())),
    };
  const denials = getDenialReasons(analysis).filter(isKnown);
  const explicit = denials.find(({ denialType }) => denialType === "Explicit");
  if (explicit?.denialType === "Explicit") {
    const name = explicit.policyType === "resource" ? names.resourcePolicy : explicit.policyIdentifier;
    return { explicit: true, ...placed(kinds[explicit.policyType], name, explicit) };
  }
  if (sessionAnalysis !== undefined && sessionAnalysis.result !== "Allowed")
    return { explicit: false, by: "session policy" };
  return { explicit: false, ...missing(analysis, names) };
}

/** Which policy would have had to allow it: the role's own first, for without it nobody else's helps. */
function missing(analysis: RequestAnalysis, names: Names): Omit<Decision, "ignoredKeys"> {
  if (analysis.identityAnalysis?.result === "Allowed") {
    const boundary = analysis.permissionBoundaryAnalysis;
    if (boundary !== undefined && boundary.result !== "Allowed") return placed("boundary", names.boundary);
    return placed("resource policy", names.resourcePolicy);
  }
  return { by: "identity policy" };
}

function placed(
  by: Decision["by"],
  policy?: string,
  at?: { readonly statementId?: string | undefined; readonly statementIndex: number },
): Omit<Decision, "ignoredKeys"> {
  return {
    by,
    ...(policy === undefined ? {} : { policy }),
    ...(at === undefined ? {} : { statement: at.statementId ?? `#${at.statementIndex}` }),
  };
}

function statementAt(statementId: string | undefined, statementIndex: number) {
  return { statementId, statementIndex };
}

function isKnown<T extends { readonly policyType: string }>(
  reason: T,
): reason is T & { readonly policyType: keyof typeof kinds } {
  return reason.policyType in kinds;
}
