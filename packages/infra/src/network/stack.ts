import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import type { Environment } from "@demarc/shared/environment";
import { infra, WorkspaceStack } from "@demarc/shared/workspace";
import type { App } from "cdktf";
import type { NetworkSettings } from "./settings";

/** VPC, subnets and the ways out of them. */
export class NetworkStack extends WorkspaceStack {
  constructor(app: App, environment: Environment, settings: NetworkSettings) {
    super(app, { workspace: infra, stack: "network", environment });
    new Vpc(this, "vpc", { cidrBlock: settings.cidr, enableDnsSupport: true, enableDnsHostnames: true });
  }
}
