import path from "node:path";
import { z } from "zod";
import type { SynthesizedStack } from "./stacks";
import type { States } from "./states";

/** Who holds the lock of a state. */
export interface Lock {
  readonly id: string;
  /** user@host */
  readonly who: string;
  readonly since: Date;
  /** What Terraform was asked to do, such as `apply`. */
  readonly operation: string;
}

/** The lock object as Terraform's S3 backend writes it (internal/states/statemgr/locker.go, LockInfo). */
const lockInfo = z.object({ ID: z.string(), Operation: z.string(), Who: z.string(), Created: z.iso.datetime() });

/** @param content of the lock object. @returns undefined where it is none of Terraform's */
export function lockIn(content: string): Lock | undefined {
  const parsed = lockInfo.safeParse(parse(content));
  if (!parsed.success) return undefined;
  const { ID, Operation, Who, Created } = parsed.data;
  return {
    id: ID,
    who: Who,
    since: new Date(Created),
    operation: Operation.replace(/^OperationType/, "").toLowerCase(),
  };
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** A stack whose state somebody holds. */
export interface LockedStack {
  readonly stack: SynthesizedStack;
  readonly lock: Lock;
}

/** Which of these stacks' states somebody holds. */
export async function locksOf(stacks: readonly SynthesizedStack[], states: States): Promise<LockedStack[]> {
  const locked: LockedStack[] = [];
  for (const stack of stacks) {
    const lock = await states.lock(stack.state);
    if (lock !== undefined) locked.push({ stack, lock });
  }
  return locked;
}

/** Who holds a stack's state since when, and what to do, in one sentence. */
export function lockSentence({ stack, lock }: LockedStack): string {
  const { who, since, operation, id } = lock;
  const minutes = Math.max(0, Math.round((Date.now() - since.getTime()) / 60_000));
  const ago = minutes === 1 ? "1 minute" : `${String(minutes)} minutes`;
  const purpose = operation === "" ? "" : `, for terraform ${operation}`;
  const directory = path.relative(process.cwd(), stack.directory);
  return `The state of ${stack.id} is locked by ${who} since ${since.toISOString()} (${ago})${purpose}: wait until that ends or, if nothing runs there any more, release it: terraform -chdir=${directory} force-unlock ${id}`;
}
