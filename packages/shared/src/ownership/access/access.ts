import { arn } from "../../environment";
import { allow, type Statement } from "../../iam";

/**
 * What Terraform's AWS provider asks of AWS for the resources, or data, of each type: actions, and what they act on. A plan needs the
 * actions that read (`isRead`), an apply all. Words in angle brackets stand for what differs from one deploy to the next (`WORDS`).
 */
export type AccessByType = Readonly<Record<string, readonly Statement[]>>;

/** What the words in ARNs and conditions stand for. */
export const WORDS = {
  "<account>": "account id of the environment",
  "<region>": "region of the environment",
  "<environment>": "name of the environment, which its things are named after; no other begins with it and a dash",
  "<role path>": "IAM path of the workspace's roles, with a slash at both ends",
  "<boundary>": "ARN of the permissions boundary of the workspace's roles",
  "<team>": "team that owns the workspace",
} as const;

/** ARN in the environment's account and region. @param service "ec2" @param resource "vpc/*" */
export const here = (service: string, resource: string): string =>
  arn({ account: "<account>", region: "<region>" }, service, resource);

/** Actions that know no resources, or none yet: on all, in the environment's region. */
export const allowInRegion = (...actions: readonly string[]) =>
  allow(...actions)
    .on("*")
    .when({ StringEquals: { "aws:RequestedRegion": "<region>" } });

/** Roles below the workspace's path. */
export const roles = here("iam", "role<role path>*");

/** A role of the workspace, handed to a service of AWS: to one of these. */
export const pass = (...services: readonly string[]) =>
  allow("iam:PassRole")
    .on(roles)
    .when({ StringEquals: { "iam:PassedToService": services } });

/** Whether an action only reads: a plan needs it too. AWS names them so; a test holds the table to its reference. */
export function isRead(action: string): boolean {
  return /:(Describe|Get|GET$|List)/.test(action);
}
