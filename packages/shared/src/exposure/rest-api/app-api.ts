import { Fn, type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { consume } from "../../contract";
import { apisContract } from "../../contracts";
import { clusterName } from "../../environment";
import type { ExposedApp, OfKind } from "../consequences";
import { ApiDomain } from "./domain";
import { OwnLoadBalancer } from "./own-load-balancer";
import { RestApi } from "./rest-api";

/** An app's REST API, with all that is between it and the app's pods. */
export class AppApi extends Construct {
  /** What has to be there before the app's first pod: the controller gives a pod a readiness gate only then. */
  readonly beforePods: readonly ITerraformDependable[];

  /** @throws Error where the app has no document: it was not validated */
  constructor(scope: Construct, { kind }: OfKind["api-gateway"], app: ExposedApp) {
    super(scope, kind);
    const { stack, metadata, hostname, api: settings } = app;
    if (settings === undefined) throw new Error(`${metadata.name} has no document of its API: it was not validated`);
    const { environment, cluster } = stack;
    const front = new OwnLoadBalancer(this, "front", kind, app);
    this.beforePods = [front.service];
    const { accessLogGroupArns } = consume(stack, apisContract);
    const { apiId, stageName } = new RestApi(this, "rest-api", {
      name: `${clusterName(environment, cluster)}-${metadata.name}`,
      settings,
      origin: `http://${hostname}.${environment.domain}:${String(front.port)}`,
      linkId: front.linkId,
      accessLogGroupArn: Token.asString(Fn.lookup(accessLogGroupArns, app.app)),
    });
    if (settings.domain) new ApiDomain(this, "domain", { stack, exposure: kind, hostname, apiId, stageName });
  }
}
