import { judgeTrust, type TrustQuestion, UnanswerableError, type Verdict } from "@demarc/judge";
import { z } from "zod";
import type { Identities } from "./identities";

const policyDocument = z.looseObject({});

/** An AWS service that would act as a role, and what STS then knows of it. */
export interface ServiceCall {
  /** Such as `pods.eks.amazonaws.com`. */
  readonly service: string;
  readonly actions: readonly TrustQuestion["action"][];
  /** `aws:SourceAccount`, `aws:SourceArn`, `aws:RequestTag/…`. */
  readonly context: NonNullable<TrustQuestion["context"]>;
}

/**
 * Whether a role's trust policy lets a service act as it: every action is asked, and no other policy has a say.
 *
 * @returns false too where there is no such role, or where AWS would not have taken its policy
 */
export async function isTrusted(
  identities: Pick<Identities, "trustPolicyOf">,
  role: string,
  { service, actions, context }: ServiceCall,
): Promise<boolean> {
  const text = await identities.trustPolicyOf(role);
  if (text === undefined) return false;
  const trustPolicy = { name: "trust policy", policy: policyDocument.parse(JSON.parse(text)) };
  const principal = { kind: "service", service } as const;
  return actions.every((action) => answer({ role, trustPolicy, principal, action, context })?.allowed === true);
}

function answer(question: TrustQuestion): Verdict | undefined {
  try {
    return judgeTrust(question);
  } catch (fault) {
    if (fault instanceof UnanswerableError) return undefined;
    throw fault;
  }
}
