import { isGone, isSensitive, isUnknown, textOf, textsOf } from "../../plan/change";
import type { ResourceChange } from "../../plan/plan";
import type { Found } from "../../finding";
import { byHolder, isHeldBy, standingOf } from "./holders";

const ATTACHMENTS = {
  aws_iam_group_policy_attachment: { kind: "aws_iam_group", by: "group" },
  aws_iam_role_policy_attachment: { kind: "aws_iam_role", by: "role" },
  aws_iam_user_policy_attachment: { kind: "aws_iam_user", by: "user" },
};

/** Policies of AWS's that make an administrator: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html. */
const ADMINISTRATORS = /:iam::aws:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

/** Policies that somebody is given who did not have them. */
export function grownAttachments(changes: readonly ResourceChange[]): Found[] {
  const standing = changes.filter(({ actions }) => !actions.includes("forget"));
  return [
    ...byHolder(standing, ATTACHMENTS).flatMap(({ kind, name, held }) => {
      const by = kind.replace("aws_iam_", "");
      const holder = standingOf(kind, name, changes);
      const had = held
        .filter(({ before }) => isHeldBy(before, by, name))
        .map(({ before }) => textOf(before?.["policy_arn"]));
      return held
        .filter((change) => isHeldBy(change.after, by, name) || (name === undefined && change.after !== undefined))
        .flatMap((change) => attached(change, holder === "new", had));
    }),
    ...standing.flatMap(toSeveral),
    ...standing.flatMap(managed),
  ];
}

function attached(change: ResourceChange, isToNew: boolean, had: readonly (string | undefined)[]): Found[] {
  const policy = textOf(change.after?.["policy_arn"]);
  if (isUnknown(change, "policy_arn") || policy === undefined) {
    return isToNew ? [] : found(change, "a policy that is made in this plan would be given to somebody who is there");
  }
  if (isToNew ? !ADMINISTRATORS.test(policy) : had.includes(policy)) return [];
  return found(change, `${named(change, "policy_arn", policy)} would be given`);
}

/** `aws_iam_policy_attachment` names all who have a policy. */
function toSeveral(change: ResourceChange): Found[] {
  if (change.type !== "aws_iam_policy_attachment" || isGone(change)) return [];
  const { before, after } = change;
  const more = ["roles", "users", "groups"].flatMap((attribute) => {
    const had = textsOf(before?.[attribute]);
    return before?.["policy_arn"] === after?.["policy_arn"] && !isUnknown(change, attribute)
      ? textsOf(after?.[attribute]).filter((name) => !had.includes(name))
      : [attribute];
  });
  return more.length === 0 ? [] : found(change, "a policy would be given to more");
}

/** The role's own list, which the provider still takes. */
function managed(change: ResourceChange): Found[] {
  const attribute = "managed_policy_arns";
  if (change.type !== "aws_iam_role" || isGone(change) || isUnknown(change, attribute)) return [];
  const had = textsOf(change.before?.[attribute]);
  return textsOf(change.after?.[attribute])
    .filter((policy) => (change.before === undefined ? ADMINISTRATORS.test(policy) : !had.includes(policy)))
    .flatMap((policy) => found(change, `${named(change, attribute, policy)} would be given`));
}

function named(change: ResourceChange, attribute: string, policy: string): string {
  return isSensitive(change, attribute) ? "a policy (its ARN is marked sensitive)" : policy;
}

function found({ address }: ResourceChange, reason: string): Found[] {
  return [{ rule: "permissions", address, reason }];
}
