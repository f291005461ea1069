import { isDeepStrictEqual } from "node:util";
import { isRecord } from "@demarc/shared/json";
import { hasTrue } from "../plan/change";
import type { OutputChange } from "../plan/plan";
import type { Found } from "../finding";
import type { ContractUse } from "../uses";

/** Outputs of contracts that a consumer uses, and that would go, or be another value. */
export function brokenContracts(
  outputs: Readonly<Record<string, OutputChange>>,
  uses: readonly ContractUse[],
): Found[] {
  return Object.entries(outputs).flatMap(([name, change]): Found[] => {
    const users = uses.filter(({ contract, version }) => name === `${contract}_v${String(version)}`);
    if (users.length === 0 || change.actions.includes("create")) return [];
    const address = `output.${name}`;
    if (change.actions.includes("delete")) {
      const reason = `version would go while it is in use: ${users.map(written).join("; ")}`;
      return [{ rule: "contract", address, reason, instead: wayOut(users, "Serve it until its consumers have moved") }];
    }
    return users.flatMap((use): Found[] => {
      const broken = brokenOutputs(use, change);
      if (broken.length === 0) return [];
      const reason = `${broken.join(", ")}, which ${consumerOf(use)} uses`;
      return [
        {
          rule: "contract",
          address,
          reason,
          instead: wayOut([use], "A changed meaning is a new version, beside this one"),
        },
      ];
    });
  });
}

function written(use: ContractUse): string {
  const { outputs } = use;
  const taken = outputs === "all" ? "all of it" : outputs.length === 0 ? "nothing yet" : outputs.join(", ");
  return `${consumerOf(use)} uses ${taken}`;
}

/** Such as `dev-a-petstore of team pets`, and of which deploy it is, where this checkout does not use it any more. */
function consumerOf({ consumer, team, deployed }: ContractUse): string {
  if (deployed === undefined) return `${consumer} of team ${team}`;
  const { project, commit, by } = deployed;
  const from = commit === undefined ? "what was not committed" : commit.slice(0, 12);
  return `${project} (${consumer}) of team ${team}, deployed from ${from} by ${by},`;
}

/** A consumer that uses it only as it is deployed has moved already, and only has to be deployed. */
function wayOut(users: readonly ContractUse[], otherwise: string): string {
  const projects = [...new Set(users.flatMap(({ deployed }) => deployed?.project ?? []))];
  const isMoved = users.every(({ deployed }) => deployed !== undefined);
  return isMoved
    ? `Deploy ${projects.join(" and ")} first, or destroy it: this checkout does not use it any more`
    : otherwise;
}

/** Names of outputs, each with what happens to it. */
function brokenOutputs({ outputs }: ContractUse, { before, after, unknown }: OutputChange): string[] {
  const was = isRecord(before) ? before : {};
  const will = isRecord(after) ? after : {};
  const used = outputs === "all" ? Object.keys(was) : outputs;
  return used
    .filter((name) => Object.hasOwn(was, name))
    .flatMap((name) => {
      if (hasUnknown(unknown, name)) return [`${name} would be another value, which is known after the apply`];
      if (!Object.hasOwn(will, name)) return [`${name} would go`];
      return isKept(was[name], will[name]) ? [] : [`${name} would be another value`];
    });
}

function hasUnknown(unknown: unknown, name: string): boolean {
  if (!isRecord(unknown)) return unknown === true;
  return hasTrue(unknown[name]);
}

/** A list that has more at its end, and a map that has more keys, keep all that a consumer has of them. */
function isKept(was: unknown, will: unknown): boolean {
  if (Array.isArray(was) && Array.isArray(will)) return isDeepStrictEqual(was, will.slice(0, was.length));
  if (isRecord(was) && isRecord(will)) {
    return Object.entries(was).every(([key, value]) => isDeepStrictEqual(value, will[key]));
  }
  return isDeepStrictEqual(was, will);
}
