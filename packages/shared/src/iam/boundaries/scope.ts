import { arn, type Place } from "../../environment";
import { allow, type Conditions, type Statement } from "../permissions";

/** What a boundary is confined to: one account and region. */
export interface Scope {
  readonly place: Place;
  /** ARN in this account and region. @param service such as "sqs" */
  readonly arn: (service: string, resource: string) => string;
  /** Holds for requests to this region. Only for services that each region has for itself. */
  readonly here: Conditions;
  /** ELB's own role, without which an account's first load balancer cannot be made. AWS alone says what that role may do. */
  readonly elbServiceLinkedRole: Statement;
}

/** Most that the roles of one kind of workspace may do, whatever their own policies say. */
export type Boundary = (scope: Scope) => readonly Statement[];

/** Words that the boundaries of an account and region are written in. */
export function scopeOf(place: Place): Scope {
  return {
    place,
    arn: (service, resource) => arn(place, service, resource),
    here: { StringEquals: { "aws:RequestedRegion": place.region } },
    elbServiceLinkedRole: allow("iam:CreateServiceLinkedRole")
      .on(arn(place, "iam", "role/aws-service-role/elasticloadbalancing.amazonaws.com/*"))
      .when({ StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } }),
  };
}
