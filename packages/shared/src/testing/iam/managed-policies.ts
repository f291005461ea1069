import type { NamedPolicy } from "@demarc/judge";
import policies from "./aws-managed-policies.json";

/** Policies that AWS keeps and that this repository attaches or bounds, as AWS published them (through moto 5.2.1's copy). */
const known: Readonly<Record<string, { readonly version: string; readonly document: object }>> = policies;

const ARN = /^arn:aws[\w-]*:iam::aws:policy\/(.+)$/;

/**
 * The text of a policy that AWS keeps.
 * @param arn `arn:aws:iam::aws:policy/AmazonEKSClusterPolicy`
 * @throws Error where its text is not kept here: what it allows cannot be judged
 */
export function managedPolicy(arn: string): NamedPolicy {
  const name = ARN.exec(arn)?.[1] ?? "";
  const policy = known[name];
  if (policy === undefined)
    throw new Error(
      `the text of ${arn} is not known, so nobody can say what it allows; add it to packages/shared/src/testing/iam/aws-managed-policies.json`,
    );
  return { name, policy: policy.document };
}
