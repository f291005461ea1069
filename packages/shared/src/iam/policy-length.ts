import { policyDocument, type Statement } from "./permissions";

/** Characters that a managed policy has at most. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const LONGEST_POLICY = 6144;

/** Characters of a policy as AWS counts them, without white space. @param policy its statements, or its text */
export function policyLength(policy: readonly Statement[] | string): number {
  const text = typeof policy === "string" ? policy : policyDocument(policy);
  return text.replace(/\s/g, "").length;
}
