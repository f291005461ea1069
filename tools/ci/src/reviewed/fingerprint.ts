import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Plan } from "@demarc/gate";
import { isRecord } from "@demarc/shared/json";

/**
 * SHA-256 of all that a plan does: with which address what, from which values to which. Two plans that have it alike do the same. Values
 * are in it, so it lies where plans lie, and is not printed. What a resource has beside what changes is left out: AWS changes some of that by
 * the minute, as the time to which a database can be restored.
 */
export function fingerprintOf({ changes, outputs }: Pick<Plan, "changes" | "outputs">): string {
  const done = changes.filter(
    ({ actions, movedFrom, isImported }) => !isNothing(actions) || movedFrom !== undefined || isImported,
  );
  const told = Object.entries(outputs).filter(([, { actions }]) => !isNothing(actions));
  return createHash("sha256")
    .update(canonical({ done: done.map(effectOf), told }))
    .digest("hex");
}

type ResourceChange = Plan["changes"][number];

/** What is done with a resource, without what stays as it is. */
function effectOf({ before, after, unknown, sensitive: _, ...rest }: ResourceChange): object {
  // Of what goes, its identity: all else goes with it.
  if (after === undefined) return { ...rest, id: before?.["id"] };
  const differing = Object.keys({ ...before, ...after, ...unknown }).filter(
    (name) => hasUnknown(unknown[name]) || !isDeepStrictEqual(before?.[name], after[name]),
  );
  const changed = differing.map((name) => [name, before?.[name], after[name], unknown[name]]);
  return { ...rest, id: before?.["id"], changed };
}

/** Whether something of an attribute is known after the apply only. */
function hasUnknown(marks: unknown): boolean {
  if (marks === true) return true;
  return typeof marks === "object" && marks !== null && Object.values(marks).some(hasUnknown);
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
