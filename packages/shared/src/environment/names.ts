import type { Environment } from "./schema";
import { ACCOUNT_PREFIX } from "./validate";

/** AWS partition of the environment's region: the second field of every ARN. */
export function partition({ region }: Pick<Environment, "region">): "aws" | "aws-cn" | "aws-us-gov" {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** ARN of an IAM role of the environment's account. @param role its name with its path, such as "team/pets" */
export function roleArn(environment: Environment, role: string): string {
  return `arn:${partition(environment)}:iam::${environment.account}:role/${role}`;
}

/** Name of a cluster in AWS. @param cluster its short id in the environment */
export function clusterName(environment: Environment, cluster: string): string {
  return `${environment.name}-${cluster}`;
}

/** ARN of a cluster. @param name its name in AWS */
export function clusterArn(environment: Pick<Environment, "account" | "region">, name: string): string {
  return `arn:${partition(environment)}:eks:${environment.region}:${environment.account}:cluster/${name}`;
}

/** Group in Kubernetes that a team's roles belong to: access entries put them in, the namespace's role binding names it. */
export function teamGroup(team: string): string {
  return `demarc:${team}`;
}

/** Id of the stack that an account and region share, whatever its environments. */
export function accountStackId({ account, region }: Pick<Environment, "account" | "region">): string {
  return `${ACCOUNT_PREFIX}-${account}-${region}`;
}

/** Bucket that holds every state of an account and region. S3 names are global, hence the account in it. */
export function stateBucket({ account, region }: Pick<Environment, "account" | "region">): string {
  return `demarc-state-${account}-${region}`;
}

/** Alias of the KMS key that encrypts every state of an account and region. */
export const STATE_KEY_ALIAS = "alias/demarc-state";
