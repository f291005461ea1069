import { isTrusted, type ServiceCall } from "./account/trust";
import { type Context, eksArn } from "./context";

/** Why EKS could not run a cluster as a role, in its words: none where it could. */
export async function clusterRoleProblems(
  context: Context,
  roleArn: string,
  { cluster, autoMode }: { readonly cluster: string; readonly autoMode: boolean },
): Promise<string[]> {
  // Auto Mode passes tags of the cluster on: https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html
  const actions = autoMode ? (["sts:AssumeRole", "sts:TagSession"] as const) : (["sts:AssumeRole"] as const);
  const call = { service: "eks.amazonaws.com", actions, context: sourceOf(context, `cluster/${cluster}`) };
  const refusal = `Role with arn: ${roleArn}, could not be assumed because it does not exist or the trusted entity is not correct`;
  return problems(context, roleArn, call, refusal);
}

/** Why nodes could not run as a role. EC2 says nothing of whose instance it is when it hands out a node's role. */
export async function nodeRoleProblems(context: Context, roleArn: string): Promise<string[]> {
  const call = { service: "ec2.amazonaws.com", actions: ["sts:AssumeRole"], context: {} } as const;
  const refusal = `Following required service principals [${call.service}] were not found in the trust relationships of nodeRole ${roleArn}`;
  return problems(context, roleArn, call, refusal);
}

/** Why pods of Fargate could not be started as a role. */
export async function podExecutionRoleProblems(
  context: Context,
  roleArn: string,
  { cluster, profile }: { readonly cluster: string; readonly profile: string },
): Promise<string[]> {
  const service = "eks-fargate-pods.amazonaws.com";
  const source = sourceOf(context, `fargateprofile/${cluster}/${profile}`);
  const refusal = `Misconfigured PodExecutionRole Trust Policy; Please add the ${service} Service Principal`;
  return problems(context, roleArn, { service, actions: ["sts:AssumeRole"], context: source }, refusal);
}

/** For whom a service acts: what trust policies against a confused deputy ask. */
function sourceOf(context: Context, resource: string): ServiceCall["context"] {
  return { "aws:SourceAccount": context.accountId, "aws:SourceArn": eksArn(context, resource) };
}

async function problems(
  { account: { identities } }: Context,
  roleArn: string,
  call: ServiceCall,
  refusal: string,
): Promise<string[]> {
  const missing = await identities.problemWithRole(roleArn);
  if (missing !== undefined) return [missing];
  return (await isTrusted(identities, roleArn, call)) ? [] : [refusal];
}
