import { isRecord } from "@demarc/shared/json";
import type { Attributes, ResourceChange } from "./plan";

/** Whether what is there now will be gone: destroyed, or replaced. What Terraform only forgets stays. */
export function isDestroyed({ actions }: ResourceChange): boolean {
  return actions.includes("delete");
}

/** Whether something new is made: also in the place of what was there. */
export function isMade({ actions }: ResourceChange): boolean {
  return actions.includes("create");
}

/** Made where nothing of that address was. */
export function isNew(change: ResourceChange): boolean {
  return isMade(change) && !isDestroyed(change);
}

/** Destroyed, and nothing takes its place. */
export function isGone(change: ResourceChange): boolean {
  return isDestroyed(change) && !isMade(change);
}

/** What happens to something that is destroyed, in words. */
export function fateOf({ actions, forcedBy }: ResourceChange): string {
  if (!actions.includes("create")) return "would be destroyed";
  const why = forcedBy.length === 0 ? "" : ` (forced by ${forcedBy.join(", ")})`;
  return `would be replaced${why}`;
}

/** Whether an attribute, or a part of it, is known after an apply only. */
export function isUnknown({ unknown }: ResourceChange, attribute: string): boolean {
  return hasTrue(unknown[attribute]);
}

/** Whether an attribute, or a part of it, must not be printed. */
export function isSensitive({ sensitive }: ResourceChange, attribute: string): boolean {
  return sensitive.some((marks) => marks === true || (isRecord(marks) && hasTrue(marks[attribute])));
}

/** A list's entries that are objects. An object that stands alone, as a block of which there is one, is a list of it. */
export function blocksOf(value: unknown): Attributes[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter(isRecord);
}

/** The texts of a list; of a text that stands alone, a list of it. */
export function textsOf(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((each) => typeof each === "string");
}

/** @returns undefined for what is no text */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Whether marks of a plan, as of what is unknown, are set anywhere in a value. */
export function hasTrue(marks: unknown): boolean {
  if (marks === true) return true;
  return typeof marks === "object" && marks !== null && Object.values(marks).some(hasTrue);
}
