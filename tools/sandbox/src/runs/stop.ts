const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Ctrl-C, or whatever else tells this command to stop, for all that it has at work. */
export class Stop {
  #told = false;
  readonly #interrupts = new Set<() => Promise<void>>();
  readonly #onSignal: () => void;

  /** Listens from now on. @param told called once, when it is told to stop */
  constructor(told: () => void) {
    this.#onSignal = () => {
      if (this.#told) return;
      this.#told = true;
      told();
      for (const interrupt of this.#interrupts) void interrupt();
    };
    for (const signal of SIGNALS) process.on(signal, this.#onSignal);
  }

  get told(): boolean {
    return this.#told;
  }

  /** Work that is to be interrupted. @returns what takes it off again, once it has ended */
  interrupts(interrupt: () => Promise<void>): () => void {
    this.#interrupts.add(interrupt);
    // It was begun while the signal came.
    if (this.#told) void interrupt();
    return () => void this.#interrupts.delete(interrupt);
  }

  /** Listens no more. */
  off(): void {
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
  }
}
