import type { ITerraformDependable } from "cdktf";

/** What stands between an API and its app: a network load balancer behind a VPC link. */
export interface Front {
  /** Id of the link: a token. */
  readonly linkId: string;
  /** Port of the load balancer's listener. */
  readonly port: number;
  /** What has to be there before the app's first pod: the controller gives a pod a readiness gate only then. */
  readonly beforePods: readonly ITerraformDependable[];
}
