import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { ApiError } from "@demarc/deploy/kubernetes";
import type { KubernetesClient } from "./client";
import { collectionPath, isObjectOf, type KubernetesObject, nameOf, type ResourceKind } from "./object";

/** Milliseconds between two looks at a kind that is not served, or at an API server that does not answer. */
const PAUSE = 1_000;

const event = z.object({ type: z.string(), object: z.looseObject({}) });
const version = z.object({ metadata: z.object({ resourceVersion: z.string() }) });

/**
 * All objects of one kind, as the API server has them: a list, and a watch from there on. Of a kind that is not served (its CRD
 * is not there, or has gone) there are none until it is. While the API server does not answer, the last known ones stay.
 */
export class Watched<T extends KubernetesObject> {
  readonly #objects = new Map<string, T>();
  readonly #end = new AbortController();
  readonly #ended: Promise<void>;
  #known = () => {};
  /** Fulfilled once the objects are known for the first time, or it was stopped before. */
  readonly synced = new Promise<void>((resolve) => (this.#known = resolve));

  readonly #listeners: (() => void)[] = [];

  constructor(
    private readonly client: KubernetesClient,
    private readonly kind: ResourceKind<T>,
  ) {
    this.#ended = this.#follow();
  }

  /** Has it called after each change. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  all(): readonly T[] {
    return [...this.#objects.values()];
  }

  async stop(): Promise<void> {
    this.#end.abort();
    await this.#ended;
  }

  async #follow(): Promise<void> {
    let from: string | undefined;
    while (!this.#end.signal.aborted) {
      try {
        from ??= await this.#list();
        from = await this.#watch(from);
      } catch (fault) {
        from = undefined;
        if (fault instanceof ApiError && fault.status === 404) this.#replace([]);
        await sleep(PAUSE, undefined, { signal: this.#end.signal }).catch(() => undefined);
      }
    }
    this.#known();
  }

  async #list(): Promise<string> {
    const { items, resourceVersion } = await this.client.list(this.kind);
    this.#replace(items);
    return resourceVersion;
  }

  /** @returns the version to go on from, or undefined where it is too old for that */
  async #watch(from: string): Promise<string | undefined> {
    const query = { watch: "true", resourceVersion: from, allowWatchBookmarks: "true", timeoutSeconds: "300" };
    let last: string | undefined = from;
    for await (const line of this.client.server.lines(collectionPath(this.kind), query, this.#end.signal)) {
      const { type, object } = event.parse(JSON.parse(line));
      if (type === "ERROR") return undefined;
      last = version.parse(object).metadata.resourceVersion;
      if (type !== "BOOKMARK" && isObjectOf(this.kind, object)) this.#note(type, object);
    }
    return last;
  }

  #note(type: string, object: T): void {
    if (type === "DELETED") this.#objects.delete(nameOf(object));
    else this.#objects.set(nameOf(object), object);
    this.#tell();
  }

  #replace(objects: readonly T[]): void {
    const had = this.#objects.size;
    this.#objects.clear();
    for (const object of objects) this.#objects.set(nameOf(object), object);
    this.#known();
    if (had > 0 || objects.length > 0) this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
