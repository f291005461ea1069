/** Something that is built once, and then kept. */
export interface Build {
  /** What it is, with how long it usually takes. */
  readonly name: string;
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/** What a stack may need to be built before it is deployed. */
export type Purpose = "control-plane" | "kubernetes-providers" | "controllers";

/**
 * Builds that go on while stacks are deployed that do not need them, one after another: each takes all processors that there are.
 */
export class Builds {
  readonly #pending: { readonly purpose: Purpose; readonly name: string }[];
  readonly #abort = new AbortController();
  readonly #all: Promise<void>;
  #failure: { readonly error: unknown } | undefined;

  /** Begins them at once. */
  constructor(builds: readonly (Build & { readonly purpose: Purpose })[]) {
    this.#pending = [...builds];
    this.#all = this.#run(builds);
  }

  /** Names of those that are not there yet. */
  get pending(): string[] {
    return this.#pending.map(({ name }) => name);
  }

  /** What is still to be built for these purposes, in a few words. @throws what a build threw */
  waitsFor(purposes: readonly Purpose[]): string | undefined {
    if (this.#failure !== undefined) throw this.#failure.error;
    const names = this.#pending.filter(({ purpose }) => purposes.includes(purpose)).map(({ name }) => name);
    return names.length === 0 ? undefined : `Go to build ${names.join(", ")}`;
  }

  /** Waits for all of them, and says so. @throws what a build threw */
  async done(say: (line: string) => void): Promise<void> {
    if (this.#pending.length > 0) say(`Building with Go, once: ${this.pending.join(", ")} …`);
    await this.#all;
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Ends what is at work, and begins no more. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#all;
  }

  async #run(builds: readonly (Build & { readonly purpose: Purpose })[]): Promise<void> {
    try {
      for (const { run } of builds) {
        if (this.#abort.signal.aborted) return;
        await run(this.#abort.signal);
        this.#pending.shift();
      }
    } catch (error) {
      this.#failure = { error };
    }
  }
}
