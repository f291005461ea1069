import { arn, type Place } from "./arn";
import type { Environment } from "./schema";
import { ACCOUNT_PREFIX } from "./validate";

/** ARN of an IAM role of the environment's account. @param role its name with its path, such as "team/pets" */
export function roleArn(environment: Environment, role: string): string {
  return arn(environment, "iam", `role/${role}`);
}

/** IAM path of the roles that plan and deploy an environment's workspaces, and of their policies, with a slash at both ends. */
export function deliveryPath({ name }: Pick<Environment, "name">): string {
  return `/demarc/${name}/access/`;
}

/** What is done by a role of the stack `access`: `plan` reads, `deploy` writes too. */
export type DeliveryStep = (typeof DELIVERY_STEPS)[number];
export const DELIVERY_STEPS = ["plan", "deploy"] as const;

/**
 * Role that plans or deploys a workspace, with its path: "demarc/dev/access/dev-petstore-plan". Infra's administrators make it, and
 * no role that deploys can change it.
 */
export function deliveryRole(environment: Pick<Environment, "name">, workspace: string, step: DeliveryStep): string {
  return `${deliveryPath(environment).slice(1)}${environment.name}-${workspace}-${step}`;
}

/** Name of a cluster in AWS. @param cluster its short id in the environment */
export function clusterName(environment: Environment, cluster: string): string {
  return `${environment.name}-${cluster}`;
}

/** Names in AWS of all clusters of an environment. */
export function clusterNames(environment: Environment): string[] {
  return Object.keys(environment.clusters).map((cluster) => clusterName(environment, cluster));
}

/** ARN of a cluster. @param name its name in AWS */
export function clusterArn(place: Place, name: string): string {
  return arn(place, "eks", `cluster/${name}`);
}

/** Group in Kubernetes that a team's roles belong to: access entries put them in, the namespace's role binding names it. */
export function teamGroup(team: string): string {
  return `demarc:${team}`;
}

/** Group in Kubernetes of the roles that plan a team's apps: it reads what the team's own group writes. */
export function planGroup(team: string): string {
  return `${teamGroup(team)}:plan`;
}

/** Id of the stack that an account and region share, whatever its environments. */
export function accountStackId({ account, region }: Place): string {
  return `${ACCOUNT_PREFIX}-${account}-${region}`;
}

/** Id of the stack that has the roles which plan and deploy an environment. */
export function accessStackId({ name }: Pick<Environment, "name">): string {
  return `${name}-${ACCESS_STACK}`;
}

/** Name of that stack in its workspace. */
export const ACCESS_STACK = "access";

/**
 * Ids of the stacks that infra's administrators deploy, in this order, and no role that deploys: what such a role may do stands in them.
 * Every other stack comes after them.
 */
export function administratorsStackIds(environment: Environment): string[] {
  return [accountStackId(environment), accessStackId(environment)];
}

/**
 * What the names of a team's own queues, topics, tables, buckets and secrets in AWS begin with. No team has two dashes in a row
 * in its name, so no team's prefix begins with another's: `shop--orders` is of shop and `shop-eu--orders` of shop-eu.
 */
export function teamPrefix(team: string): string {
  return `${team}--`;
}

/**
 * Tag that opens something of infra's to apps where its name cannot: the key of a team's own, with the team's name, and what all
 * teams share, with `EVERY_TEAM`. Only infra can set it.
 */
export const USED_BY = "used-by";

/** No team can have this name. */
export const EVERY_TEAM = "every team";

/** What the name of every bucket of states begins with, in any account and region. */
export const STATE_BUCKET_PREFIX = "demarc-state-";

/** Bucket that holds every state of an account and region. S3 names are global, hence the account in it. */
export function stateBucket({ account, region }: Place): string {
  return `${STATE_BUCKET_PREFIX}${account}-${region}`;
}

/** What the aliases of keys that no app may ever use begin with. */
export const CLOSED_KEY_ALIAS_PREFIX = "alias/demarc-";

/** Alias of the KMS key that encrypts the Kubernetes secrets of a cluster. @param cluster its name in AWS */
export function secretsKeyAlias(cluster: string): string {
  return `${CLOSED_KEY_ALIAS_PREFIX}secrets-${cluster}`;
}

/** Alias of the KMS key that encrypts every state of an account and region. */
export const STATE_KEY_ALIAS = `${CLOSED_KEY_ALIAS_PREFIX}state`;
