import { setTimeout as sleep } from "node:timers/promises";
import { reasonOf } from "../eks-api/http/errors";
import type { Actor, ActorContext } from "./actor";

/** Milliseconds in which further changes become part of the same call. */
const COALESCE = 50;

/** Milliseconds until the first call after a failed one; each further one waits twice as long. */
const FIRST_RETRY = 500;
const LAST_RETRY = 15_000;

const RESYNC_SECONDS = 10;

/** Calls one actor, one call at a time, until it is stopped. */
export class Runner {
  readonly #stop = new AbortController();
  readonly #ended: Promise<void>;
  #wake = new AbortController();

  /** @param ready fulfilled when its kinds are known */
  constructor(
    private readonly actor: Actor,
    private readonly context: ActorContext,
    ready: Promise<unknown>,
  ) {
    this.#ended = ready.then(() => this.#run());
  }

  /** Something has changed. */
  wake(): void {
    this.#wake.abort();
  }

  /** Fulfilled when the call under way, if there is one, has ended, and what it runs too. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
    await this.actor.stop?.();
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      this.#wake = new AbortController();
      failures = (await this.#reconcile()) ? 0 : failures + 1;
      if (failures > 0) await pause(Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (failures - 1)), this.#stop.signal);
      else await this.#changeOrResync();
    }
  }

  async #reconcile(): Promise<boolean> {
    try {
      await this.actor.reconcile(this.context);
      return true;
    } catch (fault) {
      if (!this.#stop.signal.aborted) this.context.say(`failed: ${reasonOf(fault)}`);
      return false;
    }
  }

  async #changeOrResync(): Promise<void> {
    const resync = (this.actor.resyncSeconds ?? RESYNC_SECONDS) * 1_000;
    await pause(resync, AbortSignal.any([this.#wake.signal, this.#stop.signal]));
    await pause(COALESCE, this.#stop.signal);
  }
}

/** Waits, no longer than until the signal. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
