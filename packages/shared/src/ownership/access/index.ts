import type { Statement } from "../../iam";
import type { WorkspaceKind } from "../../workspace";
import { account } from "./account";
import { cluster } from "./cluster";
import { data } from "./data";
import { edge } from "./edge";
import { identity } from "./identity";
import { accessLogs } from "./logs";
import { names } from "./names";
import { network } from "./network";
import { guardedApi, restApi } from "./rest-api";
import type { AccessByType } from "./access";

export { isRead, WORDS } from "./access";

/** Of the account stack alone, which no role that deploys a workspace gets. */
export const accountAccess: AccessByType = account;

/** Of every other stack: a role that deploys a workspace gets what the types of its rights need. */
export const access: AccessByType = {
  ...accessLogs,
  ...cluster,
  ...data,
  ...edge,
  ...identity,
  ...names,
  ...network,
  ...restApi,
};

/** What a role that deploys a workspace of that kind gets by the types of its rights: the same for all kinds, but where apps have another thing. */
export function accessFor(kind: WorkspaceKind): AccessByType {
  return kind === "apps" ? { ...access, ...guardedApi } : access;
}

/** What a deploy asks of AWS itself for any stack: who it is. AWS asks no policy about it. The cluster decides about Kubernetes and Helm. */
const NOTHING = ["data.aws_caller_identity", "data.aws_partition", "data.terraform_remote_state"];

/**
 * What a resource of that type needs of AWS; nothing where the cluster decides, or nobody.
 * @param type of Terraform: `aws_vpc`; of a data source with `data.` before it
 * @returns undefined where nobody has said it yet
 */
export function accessTo(type: string): readonly Statement[] | undefined {
  if (NOTHING.includes(type) || /^(kubernetes|helm)_/.test(type)) return [];
  return access[type] ?? accountAccess[type];
}
