import type { Job } from "@demarc/deploy";
import { Display, type Screen } from "./display";
import { type StackProgress, waiting } from "./stack-progress";

/** How often time's passing is shown, in milliseconds. */
const INTERVAL = 200;

/** Shows how far all stacks of a deploy or destroy are, several of them at work at once. */
export class Board {
  readonly #stacks: Map<string, StackProgress>;
  readonly #display: Display;
  readonly #timer: NodeJS.Timeout;

  /** @param jobs stacks, in the order in which they are shown */
  constructor(
    private readonly jobs: readonly Job[],
    screen: Screen,
  ) {
    this.#stacks = new Map(jobs.map(({ id }) => [id, waiting(id)]));
    this.#display = new Display(screen, Date.now());
    this.#timer = setInterval(() => {
      this.#display.tick(this.#shown(), Date.now());
    }, INTERVAL);
  }

  /** Something new of one stack. */
  show(stack: StackProgress): void {
    const before = this.#stacks.get(stack.stack);
    this.#stacks.set(stack.stack, stack);
    this.#display.changed(stack, before, Date.now());
  }

  /** There is nothing to do for a stack. */
  unchanged(stack: string): void {
    const now = Date.now();
    this.show({ ...waiting(stack), phase: "done", started: now, ended: now });
  }

  /** A stack that could be begun waits for something else: what, in a few words. */
  waits(stack: string, waitsFor: string): void {
    const before = this.#stacks.get(stack) ?? waiting(stack);
    if (before.waitsFor !== waitsFor) this.show({ ...before, waitsFor });
  }

  /** Leaves what is shown, for other lines to follow. */
  end(): void {
    clearInterval(this.#timer);
    this.#display.end(this.#shown(), Date.now());
  }

  /** Those that wait, with the stacks that they wait for. */
  #shown(): StackProgress[] {
    return this.jobs.flatMap(({ id, after }) => {
      const stack = this.#stacks.get(id) ?? waiting(id);
      const before = after.filter((other) => this.#stacks.get(other)?.phase !== "done" && this.#stacks.has(other));
      return before.length === 0 ? stack : { ...stack, waitsFor: before.join(", ") };
    });
  }
}
