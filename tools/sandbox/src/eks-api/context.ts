import type { Controllers } from "../controllers/controllers";
import type { Account } from "./account/account";
import type { TokenReviews } from "./authentication/review";
import type { ControlPlane } from "./control-plane";
import type { Store } from "./store";

/** What every operation may use. */
export interface Context {
  readonly region: string;
  /** 12 digits. */
  readonly accountId: string;
  readonly store: Store;
  /** The local AWS account around EKS. */
  readonly account: Account;
  readonly controlPlane: ControlPlane;
  /** Says who holds a token of a cluster. */
  readonly tokenReviews: TokenReviews;
  /** What acts in the clusters. */
  readonly controllers: Controllers;
  /** Runs work that outlives its request; it must not reject. */
  readonly inBackground: (work: () => Promise<void>) => void;
}

/** ARN of an EKS object: `resource` is e.g. "cluster/dev-a". */
export function eksArn({ region, accountId }: Context, resource: string): string {
  return `arn:aws:eks:${region}:${accountId}:${resource}`;
}

/** ARN of an object of a cluster. Behind most of them EKS puts an id, which is not here. @param kind e.g. "nodegroup" */
export function objectArn(context: Context, kind: string, cluster: string, name: string): string {
  return eksArn(context, `${kind}/${cluster}/${name}`);
}
