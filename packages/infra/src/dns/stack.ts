import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import type { Environment } from "@demarc/shared/environment";
import { infra, WorkspaceStack } from "@demarc/shared/workspace";
import type { App } from "cdktf";
import type { DnsSettings } from "./settings";

/** The hosted zone and certificate that every app's host name hangs from. */
export class DnsStack extends WorkspaceStack {
  constructor(app: App, environment: Environment, _settings: DnsSettings) {
    super(app, { workspace: infra, stack: "dns", environment });
    new Route53Zone(this, "zone", { name: environment.domain });
  }
}
