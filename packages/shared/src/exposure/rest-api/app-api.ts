import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { consume, terraformEntry } from "../../contract";
import { apisContract, webAclContract } from "../../contracts";
import { clusterName } from "../../environment";
import type { ExposedApp, OfKind } from "../consequences";
import { ApiDomain } from "./domain";
import type { Front } from "./front";
import { InfrasLoadBalancer } from "./infras-load-balancer";
import { OwnLoadBalancer } from "./own-load-balancer";
import { RestApi } from "./rest-api";

/** An app's REST API, with all that is between it and the app's pods. */
export class AppApi extends Construct {
  /** What has to be there before the app's first pod. */
  readonly beforePods: readonly ITerraformDependable[];

  /** @throws Error where the app has no document: it was not validated */
  constructor(scope: Construct, exposure: OfKind["api-gateway"], app: ExposedApp) {
    const { kind, waf = false } = exposure;
    super(scope, kind);
    const { stack, metadata, hostname, api: settings } = app;
    if (settings === undefined) throw new Error(`${metadata.name} has no document of its API: it was not validated`);
    const { environment, cluster } = stack;
    const front = frontOf(this, exposure, app);
    this.beforePods = front.beforePods;
    const { accessLogGroupArns } = consume(stack, apisContract);
    const { apiId, stageName, stageArn } = new RestApi(this, "rest-api", {
      name: `${clusterName(environment, cluster)}-${metadata.name}`,
      settings,
      origin: `http://${hostname}.${environment.domain}:${String(front.port)}`,
      linkId: front.linkId,
      accessLogGroupArn: terraformEntry(accessLogGroupArns, app.app),
    });
    if (waf) {
      const { webAclArn } = consume(stack, webAclContract);
      new Wafv2WebAclAssociation(this, "web-acl", { resourceArn: stageArn, webAclArn });
    }
    if (settings.domain) new ApiDomain(this, "domain", { stack, exposure: kind, hostname, apiId, stageName });
  }
}

function frontOf(scope: Construct, exposure: OfKind["api-gateway"], app: ExposedApp): Front {
  if (exposure.loadBalancer === "service") return new OwnLoadBalancer(scope, "front", app);
  const port = exposure.listeners[app.app];
  if (port === undefined) throw new Error(`${app.app} has no listener: it was not validated`);
  return new InfrasLoadBalancer(scope, "front", exposure.kind, app, port);
}
