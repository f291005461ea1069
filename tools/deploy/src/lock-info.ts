import { z } from "zod";

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
