import { isDeepStrictEqual } from "node:util";
import { blocksOf, isGone, isMade, isNew, isUnknown, textOf } from "../../plan/change";
import type { ResourceChange } from "../../plan/plan";
import type { Found } from "../../finding";
import { isAdministrators, isPublic, type PolicyStatement, statementsIn } from "../statements";
import { growthFound, growthOf, hidden, unseen } from "./growth";

/** Those who have a boundary. */
const BOUNDED = ["aws_iam_role", "aws_iam_user"];

/** What gives somebody more by being made, for as long as nobody takes it back. */
const GIVES: Readonly<Record<string, string | undefined>> = {
  aws_iam_access_key: "a key that does not expire would be made",
  aws_iam_service_specific_credential: "a password that does not expire would be made",
  aws_iam_user: "a user would be made: people and machines take roles",
  aws_iam_user_login_profile: "a password for the console would be made",
  aws_kms_grant: "somebody would be let use a key, beside its policy",
  aws_ram_principal_association: "another account would be given what is shared",
};

/** Who may take a role, what stands in the role itself, and its boundary. */
export function grownRoles(changes: readonly ResourceChange[]): Found[] {
  return changes
    .filter((change) => !isGone(change) && !change.actions.includes("forget"))
    .map((change) => continued(change, changes))
    .flatMap((change) => [
      ...(BOUNDED.includes(change.type) ? boundary(change) : []),
      ...(change.type === "aws_iam_role" ? [...trust(change), ...inline(change)] : []),
      ...given(change),
    ]);
}

/** A role that is made under another address, and has the name of one that goes, is that one. */
function continued(change: ResourceChange, changes: readonly ResourceChange[]): ResourceChange {
  const name = textOf(change.after?.["name"]);
  if (!isNew(change) || name === undefined) return change;
  const old = changes.find((other) => isGone(other) && other.type === change.type && other.before?.["name"] === name);
  return old === undefined ? change : { ...change, before: old.before, actions: ["update"] };
}

function given(change: ResourceChange): Found[] {
  const reason = GIVES[change.type];
  return reason === undefined || !isMade(change) ? [] : [{ rule: "permissions", address: change.address, reason }];
}

function boundary(change: ResourceChange): Found[] {
  const { address, before, after } = change;
  const attribute = "permissions_boundary";
  const [was, will] = [textOf(before?.[attribute]) ?? "", textOf(after?.[attribute]) ?? ""];
  const found = (reason: string): Found[] => [{ rule: "permissions", address, reason }];
  if (isUnknown(change, attribute)) return was === "" ? [] : found(`${attribute} would be another one`);
  if (isNew(change)) return will === "" ? found(`it would have no ${attribute}: nothing bounds what it may do`) : [];
  if (was === will || was === "") return [];
  return found(will === "" ? `${attribute} would be taken off` : `${attribute} would be another one`);
}

function trust(change: ResourceChange): Found[] {
  const attribute = "assume_role_policy";
  const unknown = hidden(change, attribute, isNew(change));
  if (unknown !== undefined) return unknown;
  const after = statementsIn(change.after?.[attribute]) ?? [];
  // Whoever takes a role that is made with its policies takes what nobody had: anybody at all is another matter.
  if (isNew(change)) return growthFound(change, attribute, { allowed: after.filter(isPublic), undenied: [] });
  return growthFound(change, attribute, growthOf(statementsIn(change.before?.[attribute]) ?? [], after));
}

/** Policies in the role's own blocks. The provider reads there too what `aws_iam_role_policy` made: what is in both counts once. */
function inline(change: ResourceChange): Found[] {
  const attribute = "inline_policy";
  const [was, will] = [change.before, change.after].map((values) => blocksOf(values?.[attribute]));
  if (isUnknown(change, attribute)) {
    // Computed where the role has no such block: then it says what it said.
    const written = blocksOf(change.after?.[attribute]).length > 0 || Array.isArray(change.unknown[attribute]);
    return isNew(change) || !written ? [] : [unseen(change, `${attribute} will be known after the apply only`)];
  }
  if (isDeepStrictEqual(was, will)) return [];
  const after = documents(will);
  const grown = isNew(change)
    ? { allowed: after.filter(isAdministrators), undenied: [] }
    : growthOf(documents(was), after);
  return growthFound(change, attribute, grown);
}

function documents(blocks: readonly Readonly<Record<string, unknown>>[] = []): PolicyStatement[] {
  return blocks.flatMap(({ policy }) => statementsIn(policy) ?? []);
}
