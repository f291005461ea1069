import type { Context, Principal, TrustAction, Verdict } from "@demarc/judge";
import type { JudgedRole } from "./role";

/** Who asks STS for a session of a role: an AWS service, or whoever an identity provider vouches for. */
export type Asking =
  | {
      /** "ec2.amazonaws.com" */
      readonly service: string;
      /** @default "sts:AssumeRole" */
      readonly action?: TrustAction;
    }
  | {
      /** ARN of the identity provider, or the stack's reference to it. It asks by AssumeRoleWithWebIdentity. */
      readonly provider: string;
    };

/**
 * Asks the role's trust policy.
 * @param context what AWS knows of the request, with the stack's references in keys and values
 */
export async function trustVerdict(role: JudgedRole, asking: Asking, context: Context): Promise<Verdict> {
  // Loaded where it is asked: it has all of AWS's actions with it, and most tests have no question.
  const { judgeTrust } = await import("@demarc/judge");
  const { principal, trustPolicy, resolved } = role;
  if (trustPolicy === undefined) throw new Error(`${principal.roleArn} has no trust policy`);
  return judgeTrust({
    role: principal.roleArn,
    trustPolicy,
    ...asked(asking, resolved),
    context: known(context, resolved),
  });
}

function asked(asking: Asking, resolved: JudgedRole["resolved"]): { principal: Principal; action: TrustAction } {
  if ("service" in asking) {
    const { service, action = "sts:AssumeRole" } = asking;
    return { principal: { kind: "service", service }, action };
  }
  return {
    principal: { kind: "federated", provider: resolved(asking.provider) },
    action: "sts:AssumeRoleWithWebIdentity",
  };
}

function known(context: Context, resolved: JudgedRole["resolved"]): Context {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => [
      resolved(key),
      typeof value === "string" ? resolved(value) : value.map(resolved),
    ]),
  );
}
