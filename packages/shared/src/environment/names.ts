import { arn, type Place } from "./arn";
import type { Environment } from "./schema";
import { ACCOUNT_PREFIX } from "./validate";

/** ARN of an IAM role of the environment's account. @param role its name with its path, such as "team/pets" */
export function roleArn(environment: Environment, role: string): string {
  return arn(environment, "iam", `role/${role}`);
}

/** Name of a cluster in AWS. @param cluster its short id in the environment */
export function clusterName(environment: Environment, cluster: string): string {
  return `${environment.name}-${cluster}`;
}

/** ARN of a cluster. @param name its name in AWS */
export function clusterArn(place: Place, name: string): string {
  return arn(place, "eks", `cluster/${name}`);
}

/** Group in Kubernetes that a team's roles belong to: access entries put them in, the namespace's role binding names it. */
export function teamGroup(team: string): string {
  return `demarc:${team}`;
}

/** Id of the stack that an account and region share, whatever its environments. */
export function accountStackId({ account, region }: Place): string {
  return `${ACCOUNT_PREFIX}-${account}-${region}`;
}

/** Bucket that holds every state of an account and region. S3 names are global, hence the account in it. */
export function stateBucket({ account, region }: Place): string {
  return `demarc-state-${account}-${region}`;
}

/** Alias of the KMS key that encrypts every state of an account and region. */
export const STATE_KEY_ALIAS = "alias/demarc-state";
