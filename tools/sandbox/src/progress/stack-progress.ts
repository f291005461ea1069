/** Where cdktf is with one stack. */
export type Phase = "waiting" | "initializing" | "planning" | "changing" | "done" | "failed";

export interface StackProgress {
  readonly stack: string;
  readonly phase: Phase;
  /** What must happen before it is begun, in a few words. */
  readonly waitsFor?: string;
  /** Resources that the plan changes, known once it is made. */
  readonly total: number;
  /** Those of them that are done. */
  readonly changed: number;
  /** Those that are being changed, the longest at work first. */
  readonly atWork: readonly string[];
  /** When Terraform began to plan it, in milliseconds. */
  readonly started: number | undefined;
  readonly ended: number | undefined;
  /** What Terraform says went wrong, without its frame. */
  readonly errors: readonly string[];
}

/**
 * Follows what a cdktf prints that works on one stack: every line begins with the stack's name, or with blanks where it belongs to
 * the line before. It reads what cdktf prints with --no-color.
 */
export class Progress {
  #stack: StackProgress;
  #isOfStack = false;

  constructor(stack: string) {
    this.#stack = waiting(stack);
  }

  get stack(): StackProgress {
    return this.#stack;
  }

  /** @param now in milliseconds. @returns how far the stack is, if the line tells something new */
  read(line: string, now: number): StackProgress | undefined {
    const [, name, text = line] = /^(\S+) {2}(.*)$/.exec(line) ?? [];
    if (name !== undefined) this.#isOfStack = name === this.#stack.stack;
    else if (!line.startsWith(" ")) return undefined;
    if (!this.#isOfStack) return undefined;
    const before = this.#stack;
    this.#stack = next(before, text.trim(), now);
    return this.#stack === before ? undefined : this.#stack;
  }
}

/** A stack that nothing has been done with yet. */
export function waiting(stack: string): StackProgress {
  const none = { total: 0, changed: 0, atWork: [], errors: [] };
  return { ...none, stack, phase: "waiting", started: undefined, ended: undefined };
}

const PLAN = /^Plan: (?:(\d+) to import, )?(\d+) to add, (\d+) to change, (\d+) to destroy\./;
const BEGUN = /^(.+?)(?: \([^()]*\))?: (?:Creating|Modifying|Destroying|Importing)\.\.\./;
const FINISHED = /^(.+?)(?: \([^()]*\))?: (?:Creation|Modifications|Destruction|Import) complete/;

function next(progress: StackProgress, text: string, now: number): StackProgress {
  const { phase, errors } = progress;
  if (phase === "failed") return text === "" ? progress : { ...progress, errors: [...errors, text] };
  if (text.startsWith("Error: ")) return { ...progress, phase: "failed", ended: now, errors: [text] };
  if (/^(Apply|Destroy) complete!/.test(text)) return { ...progress, phase: "done", ended: now, atWork: [] };

  const [, imported = "0", ...counts] = PLAN.exec(text) ?? [];
  if (counts.length > 0) {
    return { ...progress, total: [imported, ...counts].reduce((sum, count) => sum + Number(count), 0) };
  }
  const [, begun] = BEGUN.exec(text) ?? [];
  if (begun !== undefined) return { ...progress, phase: "changing", atWork: [...progress.atWork, begun] };
  const [, finished] = FINISHED.exec(text) ?? [];
  if (finished !== undefined) {
    const atWork = progress.atWork.filter((address) => address !== finished);
    return { ...progress, phase: "changing", atWork, changed: progress.changed + 1 };
  }
  if (text.startsWith("Initializing the backend")) return { ...progress, phase: "initializing", started: now };
  if (phase === "initializing" && PLANNING.test(text)) return { ...progress, phase: "planning", started: now };
  return progress;
}

/** What Terraform prints first when it plans: a refresh, a look-up or the plan. */
const PLANNING = /: (Refreshing state|Reading)\.\.\.|^Terraform used the selected providers|^No changes\./;
