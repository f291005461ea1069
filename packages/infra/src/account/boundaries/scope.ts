import { arn, type Environment } from "@demarc/shared/environment";
import { allow, type Conditions, type Statement } from "@demarc/shared/iam";

/** What a boundary is confined to: one account and region. */
export interface Scope {
  readonly environment: Environment;
  /** ARN in this account and region. @param service such as "sqs" */
  readonly arn: (service: string, resource: string) => string;
  /** Holds for requests to this region. Only for services that each region has for itself. */
  readonly here: Conditions;
  /** ELB's own role, without which an account's first load balancer cannot be made. AWS alone says what that role may do. */
  readonly elbServiceLinkedRole: Statement;
}

/** Most that the roles of one kind of workspace may do, whatever their own policies say. */
export type Boundary = (scope: Scope) => readonly Statement[];

/** The account and region of an environment. Nothing of it hangs from anything else that the environment says. */
export function scopeOf(environment: Environment): Scope {
  return {
    environment,
    arn: (service, resource) => arn(environment, service, resource),
    here: { StringEquals: { "aws:RequestedRegion": environment.region } },
    elbServiceLinkedRole: allow("iam:CreateServiceLinkedRole")
      .on(arn(environment, "iam", "role/aws-service-role/elasticloadbalancing.amazonaws.com/*"))
      .when({ StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } }),
  };
}
