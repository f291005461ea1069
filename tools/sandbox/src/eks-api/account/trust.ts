import { decideTrust, type TrustCall } from "../../judge/trust";
import type { Identities } from "./identities";

/** An AWS service that would act as a role, and what STS then knows of it. */
export interface ServiceCall {
  /** Such as `pods.eks.amazonaws.com`. */
  readonly service: string;
  readonly actions: TrustCall["actions"];
  /** `aws:SourceAccount`, `aws:SourceArn`, `aws:RequestTag/…`. */
  readonly context: TrustCall["context"];
}

/**
 * Whether a role's trust policy lets a service act as it: every action is asked, and no other policy has a say.
 *
 * @returns false too where there is no such role, or where AWS would not have taken its policy
 */
export async function isTrusted(
  identities: Pick<Identities, "trustPolicyOf">,
  role: string,
  { service, ...asked }: ServiceCall,
): Promise<boolean> {
  const trustPolicy = await identities.trustPolicyOf(role);
  if (trustPolicy === undefined) return false;
  return decideTrust({ caller: { kind: "service", service }, role, trustPolicy, ...asked }).outcome === "allowed";
}
