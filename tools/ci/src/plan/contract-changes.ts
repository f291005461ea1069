import { isDeepStrictEqual } from "node:util";
import { type PlanOutcome, usesIn } from "@demarc/deploy";
import type { ContractUse, Plan } from "@demarc/gate";
import { isRecord } from "@demarc/shared/json";
import type { ContractChange } from "./summary";

/** What a plan changes of contracts, and who uses that. It tells names, and no value. */
export function contractChanges({ found, graph }: Pick<PlanOutcome, "found" | "graph">): ContractChange[] {
  const published = found.flatMap(({ placed: { id }, plan }) => (plan === undefined ? [] : publishedBy(id, plan)));
  if (published.length === 0) return [];
  const uses = usesIn(graph);
  return published.map((one) => ({ ...one, users: usersOf(one, uses) }));
}

/** `<contract>_v<version>`, as publish names it (packages/shared/src/contract). */
const OUTPUT = /^(\w+?)_v(\d+)$/;

function publishedBy(stack: string, { outputs }: Plan): Omit<ContractChange, "users">[] {
  return Object.entries(outputs).flatMap(([name, change]) => {
    const [, contract, version] = OUTPUT.exec(name) ?? [];
    if (contract === undefined || change.actions[0] === "no-op") return [];
    return { stack, contract, version: Number(version), outputs: changedKeys(change) };
  });
}

function changedKeys({ before, after, unknown }: Plan["outputs"][string]): ContractChange["outputs"] {
  const [was, will, later] = [fieldsOf(before), fieldsOf(after), fieldsOf(unknown)];
  const names = [...new Set([was, will, later].flatMap((value) => Object.keys(value)))].sort();
  return names.flatMap((name): ContractChange["outputs"] => {
    const isThere = Object.hasOwn(will, name) || Object.hasOwn(later, name);
    if (!Object.hasOwn(was, name)) return [{ name, change: "new" }];
    if (!isThere && unknown !== true) return [{ name, change: "gone" }];
    const isSame = isDeepStrictEqual(was[name], will[name]) && (later[name] === undefined || later[name] === false);
    return isSame ? [] : [{ name, change: "changed" }];
  });
}

function usersOf(
  { stack, contract, version, outputs }: Omit<ContractChange, "users">,
  uses: readonly ContractUse[],
): ContractChange["users"] {
  const changed = outputs.map(({ name }) => name);
  return uses.flatMap((use) => {
    if (use.producer !== stack || use.contract !== contract || use.version !== version) return [];
    const taken = use.outputs === "all" ? changed : use.outputs.filter((name) => changed.includes(name));
    return taken.length === 0 ? [] : { stack: use.consumer, team: use.team, outputs: [...taken] };
  });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
