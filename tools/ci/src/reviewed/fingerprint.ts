import { createHash } from "node:crypto";
import type { Plan } from "@demarc/gate";
import { isRecord } from "@demarc/shared/json";

/**
 * SHA-256 of all that a plan does: with which address what, from which values to which. Two plans that have it alike do the same. Values
 * are in it, so it lies where plans lie, and is not printed.
 */
export function fingerprintOf({ changes, outputs }: Pick<Plan, "changes" | "outputs">): string {
  const done = changes.filter(
    ({ actions, movedFrom, isImported }) => !isNothing(actions) || movedFrom !== undefined || isImported,
  );
  const told = Object.entries(outputs).filter(([, { actions }]) => !isNothing(actions));
  return createHash("sha256").update(canonical({ done, told })).digest("hex");
}

/** A look-up changes nothing. */
function isNothing(actions: readonly string[]): boolean {
  return actions.every((action) => action === "no-op" || action === "read");
}

/** JSON whose keys are in order: Terraform promises none. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isRecord(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
