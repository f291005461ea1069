import { publish } from "@demarc/shared/contract";
import { accessLogsContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { WorkspaceStack } from "@demarc/shared/stack";
import { infra } from "@demarc/shared/workspace";
import type { App } from "cdktf";
import type { RetainSettings } from "../keys/settings";
import { AccessLogBucket } from "./access-log-bucket";

/**
 * Where load balancers write their access logs. It has a stack of its own, so that a destroy can leave the logs and take the load
 * balancers.
 */
export class AccessLogsStack extends WorkspaceStack {
  constructor(app: App, environment: Environment, retentionDays: number, retain: RetainSettings) {
    super(app, { workspace: infra, stack: "access-logs", environment });
    const { bucketName } = new AccessLogBucket(this, "logs", { environment, retentionDays, retained: retain.logs });
    publish(this, accessLogsContract, { bucketName });
  }
}
