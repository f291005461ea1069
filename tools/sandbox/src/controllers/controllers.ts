import type { Account } from "../eks-api/account/account";
import type { ControlPlane } from "../eks-api/control-plane";
import type { ClusterRecord } from "../eks-api/store";
import type { MakeActor } from "./actor";
import { ClusterActors } from "./cluster-actors";

export interface ControllersOptions {
  readonly region: string;
  readonly accountId: string;
  readonly awsEndpoint: string;
  readonly account: Account;
  readonly controlPlane: ControlPlane;
  readonly actors: readonly MakeActor[];
}

/** The actors of all clusters. */
export class Controllers {
  readonly #clusters = new Map<string, ClusterActors>();

  constructor(private readonly options: ControllersOptions) {}

  /** Has the actors of a cluster act, whose control plane answers. Without a control plane that lets anybody in there are none. */
  start(record: ClusterRecord): void {
    const { controlPlane, account, actors, region, accountId, awsEndpoint } = this.options;
    const { name } = record.cluster;
    const connection = controlPlane.connection?.(name);
    if (connection === undefined) return;
    const cluster = { name, region, accountId, awsEndpoint, record };
    // stdout is the EKS API's own word; its log has both.
    const say = (line: string) => console.error(`${new Date().toISOString()} ${name} ${line}`);
    this.#clusters.set(name, new ClusterActors({ cluster, account, connection, actors, say }));
  }

  /** Fulfilled when nothing acts in the cluster any more: then its control plane can stop. */
  async stop(clusterName: string): Promise<void> {
    const actors = this.#clusters.get(clusterName);
    this.#clusters.delete(clusterName);
    await actors?.stop();
  }
}
