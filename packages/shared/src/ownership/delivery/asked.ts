import { arn, type DeliveryStep, type Environment } from "../../environment";
import { allow, boundaryName, boundedBy, type Statement } from "../../iam";
import type { Workspace } from "../../workspace";

/** What a deploy asks of AWS beside what Terraform does. A plan asks nothing more. */
export function statementsOfCommands(environment: Environment, workspace: Workspace, step: DeliveryStep): Statement[] {
  if (step === "plan") return [];
  const boundary = boundaryName(environment, boundedBy(workspace.kind, workspace.team(environment)));
  return [
    // Whether the boundary of its roles is there, before anything is changed.
    allow("iam:GetPolicy").on(arn(environment, "iam", `policy${boundary}`)),
    ...(workspace.kind === "infra" ? byServices(environment) : []),
  ];
}

/**
 * What services of AWS ask of whoever makes something by them, beside the action itself: a role that is linked to the service, whose policies
 * AWS alone writes, a grant of the key that encrypts, and the secret in which RDS keeps a master user's password.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
function byServices(environment: Environment): Statement[] {
  const keys = arn(environment, "kms", "key/*");
  return [
    allow("iam:CreateServiceLinkedRole").on(arn(environment, "iam", "role/aws-service-role/*")),
    allow("kms:CreateGrant")
      .on(keys)
      .when({ Bool: { "kms:GrantIsForAWSResource": "true" } }),
    ...(environment.data ? forMasterUser(environment, keys) : []),
  ];
}

function forMasterUser(environment: Environment, keys: string): Statement[] {
  return [
    allow("secretsmanager:CreateSecret", "secretsmanager:TagResource").on(
      arn(environment, "secretsmanager", "secret:rds!*"),
    ),
    allow("kms:Decrypt", "kms:GenerateDataKey")
      .on(keys)
      .when({ StringEquals: { "kms:ViaService": `secretsmanager.${environment.region}.amazonaws.com` } }),
  ];
}
