import { duration } from "./duration";
import type { StackProgress } from "./stack-progress";

/** Where progress is shown. */
export interface Screen {
  /** Whether it can be drawn over: a terminal. */
  readonly live: boolean;
  readonly columns: () => number;
  readonly write: (text: string) => void;
}

/** How long nothing may be told where each line stays, in milliseconds. */
const SILENCE = 20_000;

/** Shows the progress of several stacks: drawn over and over in a terminal, a line for each step and now and then one elsewhere. */
export class Display {
  #drawn = 0;
  #lastLine: number;

  constructor(
    private readonly screen: Screen,
    private readonly started: number,
  ) {
    this.#lastLine = started;
  }

  /** Something new of one stack. A terminal shows it at the next tick. */
  changed(stack: StackProgress, before: StackProgress | undefined, now: number): void {
    const isStep = stack.phase !== before?.phase || stack.total !== before.total || stack.waitsFor !== before.waitsFor;
    if (isStep && !this.screen.live) this.#tell(stack, now);
  }

  /** Time has passed. */
  tick(all: readonly StackProgress[], now: number): void {
    if (this.screen.live) this.#draw(all, now);
    else if (now - this.#lastLine >= SILENCE) {
      for (const stack of all.filter(({ phase }) => phase === "changing" || phase === "planning"))
        this.#tell(stack, now);
    }
  }

  /** Leaves what is drawn, for other lines to follow. */
  end(all: readonly StackProgress[], now: number): void {
    if (this.screen.live) this.#draw(all, now);
    this.#drawn = 0;
  }

  #tell(stack: StackProgress, now: number): void {
    this.#lastLine = now;
    this.screen.write(`[${clock(now - this.started)}] ${stack.stack}: ${describe(stack, now)}\n`);
  }

  #draw(all: readonly StackProgress[], now: number): void {
    const width = Math.max(...all.map(({ stack }) => stack.length));
    const lines = all.map((stack) => `  ${stack.stack.padEnd(width)}  ${describe(stack, now)}`);
    const up = this.#drawn === 0 ? "" : `\u001b[${String(this.#drawn)}A`;
    const columns = this.screen.columns();
    this.screen.write(up + lines.map((line) => `\u001b[2K${line.slice(0, columns - 1)}\n`).join(""));
    this.#drawn = lines.length;
  }
}

/** One stack in a few words. */
function describe(stack: StackProgress, now: number): string {
  const { phase, total, changed, atWork, started = now, ended = now } = stack;
  const [oldest] = atWork;
  switch (phase) {
    case "waiting":
      return stack.waitsFor === undefined ? "waits" : `waits for ${stack.waitsFor}`;
    case "initializing":
      return "initialized";
    case "planning":
      return total === 0 ? "plans" : `${String(total)} changes planned`;
    case "changing": {
      const at =
        oldest === undefined ? "" : `  ${oldest}${atWork.length > 1 ? ` and ${String(atWork.length - 1)} more` : ""}`;
      return `${String(changed)} of ${String(total)} done  ${duration(now - started)}${at}`;
    }
    case "done":
      return `${changed === 0 ? "no change" : `${String(changed)} done`}  ${duration(ended - started)}`;
    case "failed":
      return `failed after ${duration(ended - started)}`;
  }
}

function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}
