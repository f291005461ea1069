import type { Environment } from "./schema";

/** Where an ARN is: all that it takes from an environment. */
export type Place = Pick<Environment, "account" | "region">;

/** The second field of every ARN. Environments of other partitions are refused (schema.ts). */
const PARTITION = "aws";

/** Services whose ARNs leave fields out, for what they name is one for all regions, or for all accounts too (IAM's reference, "ARN"). */
const LEFT_OUT: Readonly<Record<string, "region" | "region and account">> = {
  iam: "region",
  route53: "region and account",
  s3: "region and account",
};

/**
 * ARN of something in the environment's account and region, or of any by a pattern.
 * @param service its second name in IAM, such as "sqs"
 * @param resource all after the account, such as "key/*"; may hold tokens
 */
export function arn(place: Place, service: string, resource: string): string {
  const leftOut = LEFT_OUT[service];
  const region = leftOut === undefined ? place.region : "";
  const account = leftOut === "region and account" ? "" : place.account;
  return `arn:${PARTITION}:${service}:${region}:${account}:${resource}`;
}

/** ARN of a policy that AWS keeps. @param service "iam", or "eks" for access policies @param resource such as "policy/ReadOnlyAccess" */
export function arnOfAws(service: "iam" | "eks", resource: string): string {
  return `arn:${PARTITION}:${service}::aws:${resource}`;
}
