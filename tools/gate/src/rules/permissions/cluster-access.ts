import { blocksOf, isGone, isNew, isSensitive, isUnknown, textOf, textsOf } from "../../plan/change";
import type { Attributes, ResourceChange } from "../../plan/plan";
import type { Found } from "../../finding";
import { standingOf } from "./holders";

/** What somebody gets in a cluster, one text each. A text that begins with another one, and goes on, is less than that. */
type Gets = (access: Attributes) => readonly string[];

/** By Terraform's type. */
const ACCESS: Readonly<Record<string, Gets | undefined>> = {
  aws_eks_access_entry: (entry) => [
    `${who(entry)} as ${textOf(entry["type"]) ?? "STANDARD"}`,
    ...textsOf(entry["kubernetes_groups"]).map((group) => `${who(entry)} as group ${group}`),
    ...textsOf(entry["user_name"]).map((name) => `${who(entry)} as user ${name}`),
  ],
  aws_eks_access_policy_association: (association) =>
    blocksOf(association["access_scope"]).flatMap((scope) => {
      const policy = `${who(association)} by ${text(association["policy_arn"])} in ${text(association["cluster_name"])}`;
      const namespaces = textsOf(scope["namespaces"]).map((namespace) => `${policy}, namespace ${namespace}`);
      return scope["type"] === "cluster" ? [policy] : namespaces;
    }),
};

const PRINCIPAL = "principal_arn";

/** Who is let into a cluster, and as what. Those of a cluster that is made with them are no growth: nothing runs in it yet. */
export function grownAccess(changes: readonly ResourceChange[]): Found[] {
  return changes
    .filter((change) => !isGone(change) && !change.actions.includes("forget"))
    .filter((change) => !isUnknown(change, "cluster_name"))
    .filter(({ after }) => standingOf("aws_eks_cluster", textOf(after?.["cluster_name"]), changes) !== "new")
    .flatMap((change) => [...entered(change, changes), ...associated(change, changes)]);
}

function entered(change: ResourceChange, changes: readonly ResourceChange[]): Found[] {
  const { type, address, after = {} } = change;
  const gets = ACCESS[type];
  if (gets === undefined) return [];
  const had = changes
    .filter((other) => other.type === type)
    .flatMap(({ before }) => (before === undefined ? [] : gets(before)));
  const unknown = [PRINCIPAL, "kubernetes_groups", "policy_arn", "access_scope"].filter((name) =>
    isUnknown(change, name),
  );
  if (unknown.length > 0 && !isNew(change) && !unknown.every((name) => name === "kubernetes_groups")) {
    const reason = `${unknown.join(", ")} will be known after the apply only: nobody can see who is let into the cluster`;
    return [{ rule: "unseen", address, reason }];
  }
  const more = gets(after).filter((one) => !had.some((other) => one === other || one.startsWith(`${other}, `)));
  if (more.length === 0) return [];
  const isHidden = ["policy_arn", PRINCIPAL, "kubernetes_groups", "user_name"].some((name) =>
    isSensitive(change, name),
  );
  const reason = `would let in more: ${isHidden ? "what is marked sensitive" : more.join("; ")}`;
  return [{ rule: "permissions", address, reason }];
}

/** A role that pods of a service account get. */
function associated(change: ResourceChange, changes: readonly ResourceChange[]): Found[] {
  const { type, address, before, after } = change;
  if (type !== "aws_eks_pod_identity_association") return [];
  const role = textOf(after?.["role_arn"]);
  const isTheSame = ["role_arn", "namespace", "service_account", "cluster_name"].every(
    (name) => before?.[name] === after?.[name],
  );
  // A role whose ARN is not known yet is made in the plan.
  if (isTheSame || isUnknown(change, "role_arn") || role === undefined) return [];
  const name = role.split("/").at(-1);
  if (standingOf("aws_iam_role", name, changes) === "new") return [];
  return [{ rule: "permissions", address, reason: "pods of a service account would get a role that is there already" }];
}

function who(access: Attributes): string {
  return text(access[PRINCIPAL]);
}

function text(value: unknown): string {
  return textOf(value) ?? "somebody known after the apply";
}
