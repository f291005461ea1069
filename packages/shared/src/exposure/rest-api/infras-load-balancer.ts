import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { consume, terraformEntry } from "../../contract";
import { edgeContract } from "../../contracts";
import type { ExposureKind } from "../../environment";
import { AppBinding } from "../app-binding";
import type { ExposedApp } from "../consequences";
import type { Front } from "./front";

/** The load balancer that infra owns in the cluster, with a listener for the app: the app binds its pods to the target group behind it. */
export class InfrasLoadBalancer extends Construct implements Front {
  readonly linkId: string;
  readonly beforePods: readonly ITerraformDependable[];

  /** @throws Error where infra has no link: there is none in the environment */
  constructor(
    scope: Construct,
    id: string,
    exposure: ExposureKind,
    app: ExposedApp,
    readonly port: number,
  ) {
    super(scope, id);
    const { vpcLinkIds } = consume(app.stack, edgeContract);
    if (vpcLinkIds === undefined) throw new Error(`${app.stack.environment.name} has no VPC link of infra's`);
    this.linkId = terraformEntry(vpcLinkIds, app.stack.cluster);
    this.beforePods = [new AppBinding(this, exposure, app).objects.release];
  }
}
