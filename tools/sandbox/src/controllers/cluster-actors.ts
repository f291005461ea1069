import { reasonOf } from "../eks-api/http/errors";
import type { Account } from "../eks-api/account/account";
import type { ActorCluster, MakeActor } from "./actor";
import type { Connection } from "@demarc/deploy/kubernetes";
import { KubernetesClient } from "./kubernetes/client";
import { isObjectOf, type KubernetesObject, type ResourceKind } from "./kubernetes/object";
import { Watched } from "./kubernetes/watch";
import { Runner } from "./runner";

export interface ClusterActorsOptions {
  readonly cluster: ActorCluster;
  readonly account: Account;
  /** As EKS itself. */
  readonly connection: Connection;
  readonly actors: readonly MakeActor[];
  /** Takes the log's lines. */
  readonly say: (line: string) => void;
}

/** All that acts in one cluster, from when it is ACTIVE until just before its control plane stops. */
export class ClusterActors {
  readonly #kubernetes: KubernetesClient;
  readonly #watched = new Map<string, Watched<KubernetesObject>>();
  readonly #runners: readonly Runner[];

  constructor(private readonly options: ClusterActorsOptions) {
    this.#kubernetes = new KubernetesClient(options.connection, "eks");
    this.#runners = options.actors.map((make) => this.#start(make));
  }

  /** Fulfilled when nothing of them is at work any more. What they made stays. */
  async stop(): Promise<void> {
    // Whoever is at work fails at its next request, instead of going on for long.
    this.#kubernetes.close();
    await Promise.all([...this.#watched.values()].map((watched) => watched.stop()));
    const stopped = await Promise.allSettled(this.#runners.map((runner) => runner.stop()));
    for (const result of stopped)
      if (result.status === "rejected") this.options.say(`stop: ${reasonOf(result.reason)}`);
  }

  #start(make: MakeActor): Runner {
    const { cluster, account, say } = this.options;
    const actor = make(cluster);
    const watched = actor.watches.map((kind) => ({ kind, objects: this.#watch(kind, () => runner.wake()) }));
    const context = {
      cluster,
      account,
      kubernetes: this.#kubernetes,
      objects: <T extends KubernetesObject>(kind: ResourceKind<T>): readonly T[] => {
        const found = watched.find((candidate) => keyOf(candidate.kind) === keyOf(kind));
        if (found === undefined) throw new Error(`${actor.name} does not watch ${keyOf(kind)}`);
        return found.objects.all().filter((object) => isObjectOf(kind, object));
      },
      say: once((line) => say(`${actor.name}: ${line}`)),
    };
    const runner: Runner = new Runner(actor, context, Promise.all(watched.map(({ objects }) => objects.synced)));
    return runner;
  }

  /** The one watch of a kind in this cluster, with one more to tell of its changes. */
  #watch(kind: ResourceKind, changed: () => void): Watched<KubernetesObject> {
    const key = keyOf(kind);
    const watched = this.#watched.get(key) ?? new Watched(this.#kubernetes, kind);
    this.#watched.set(key, watched);
    watched.onChange(changed);
    return watched;
  }
}

function keyOf({ apiVersion, plural }: ResourceKind): string {
  return `${apiVersion} ${plural}`;
}

/** Leaves a line out that is the same as the last one. */
function once(say: (line: string) => void): (line: string) => void {
  let last: string | undefined;
  return (line) => {
    if (line !== last) say((last = line));
  };
}
