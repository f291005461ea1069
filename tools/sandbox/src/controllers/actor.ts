import type { Account } from "../eks-api/account/account";
import type { ClusterRecord } from "../eks-api/store";
import type { KubernetesClient } from "./kubernetes/client";
import type { KubernetesObject, ResourceKind } from "./kubernetes/object";

/** The cluster that an actor acts in, and what of the account is around it. */
export interface ActorCluster {
  readonly name: string;
  readonly region: string;
  /** 12 digits. */
  readonly accountId: string;
  /** URL of the local AWS. */
  readonly awsEndpoint: string;
  /** What EKS knows of it: node groups, profiles, associations. */
  readonly record: ClusterRecord;
}

export interface ActorContext {
  readonly cluster: ActorCluster;
  /** The local AWS, with EKS's own rights. */
  readonly account: Account;
  /** The cluster, with EKS's own rights. */
  readonly kubernetes: KubernetesClient;
  /**
   * All objects of a kind that the actor watches, as last seen: they may be a moment behind what it has just written.
   *
   * @throws Error where it does not watch the kind
   */
  readonly objects: <T extends KubernetesObject>(kind: ResourceKind<T>) => readonly T[];
  /** One line for the log. The same line again and again is written once. */
  readonly say: (line: string) => void;
}

/** What a controller does, for one that the sandbox cannot run. */
export interface Actor {
  readonly name: string;
  /** Kinds whose changes it must know of; one that the API server does not serve (a CRD not there yet) is empty until it is. */
  readonly watches: readonly ResourceKind[];
  /** Seconds after which it is called even if nothing changed. @default 10 */
  readonly resyncSeconds?: number;
  /**
   * Brings what is into line with what is wanted, whatever happened before. Called one at a time, after changes (several at once
   * are one call) and every `resyncSeconds`. Where it throws, that is logged and it is called again, later each time.
   */
  reconcile(context: ActorContext): Promise<void>;
  /** Ends what it runs, where it runs something. Called once, after the last `reconcile`. */
  stop?(): Promise<void>;
}

/** Makes the actor of one cluster. */
export type MakeActor = (cluster: ActorCluster) => Actor;
