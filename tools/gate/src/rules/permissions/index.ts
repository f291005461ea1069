import type { ResourceChange } from "../../plan/plan";
import type { Found } from "../../finding";
import { grownAttachments } from "./attachments";
import { grownAccess } from "./cluster-access";
import { grownPolicies } from "./policies";
import { grownRbac } from "./rbac";
import { grownRoles } from "./roles";

/** Rights that are not there now. What a role gets that is made with it, inside of its boundary, is no growth of anything. */
export function grownPermissions(changes: readonly ResourceChange[]): Found[] {
  return [grownRoles, grownPolicies, grownAttachments, grownAccess, grownRbac].flatMap((rule) => rule(changes));
}
