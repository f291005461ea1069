import { consume, publish } from "@demarc/shared/contract";
import { keysContract, webAclContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { WorkspaceStack } from "@demarc/shared/stack";
import { infra } from "@demarc/shared/workspace";
import type { App } from "cdktf";
import type { RetainSettings } from "../keys/settings";
import type { WafSettings } from "./settings";
import { WebAcl } from "./web-acl";
import { WebAclLog } from "./web-acl-log";

/**
 * The web ACL of what others than infra make. It is there before the first of that: the ingress classes name it, and the controller puts it
 * in front of each load balancer that it makes, also of one that it makes anew; each app's stack puts it in front of the app's REST API.
 */
export class WebAclStack extends WorkspaceStack {
  constructor(app: App, environment: Environment, settings: WafSettings, retain: RetainSettings) {
    super(app, { workspace: infra, stack: "web-acl", environment });
    const name = `${environment.name}-apps`;
    const description = "Guards what leads to apps";
    const webAcl = new WebAcl(this, "web-acl", { name, description, settings });
    const keeping = { keyArn: consume(this, keysContract).logKeyArn, retained: retain.logs };
    const { logRetentionDays: retentionDays } = settings;
    new WebAclLog(this, "log", { environment, name, webAclArn: webAcl.arn, retentionDays, keeping });

    publish(this, webAclContract, { webAclArn: webAcl.arn });
  }
}
