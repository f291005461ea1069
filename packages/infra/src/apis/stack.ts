import { consume, publish } from "@demarc/shared/contract";
import { accountContract, apisContract, keysContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { chosenId, WorkspaceStack } from "@demarc/shared/stack";
import { infra } from "@demarc/shared/workspace";
import type { App } from "cdktf";
import { EncryptedLogGroup } from "../encryption/log-group";
import type { RetainSettings } from "../keys/settings";
import type { ApisSettings } from "./settings";

/** What the REST APIs of apps lean on, and no app may make: an encrypted log group for the requests to each of them. */
export class ApisStack extends WorkspaceStack {
  /** @param apps names of the apps that have an API */
  constructor(
    app: App,
    environment: Environment,
    apps: readonly string[],
    settings: ApisSettings,
    retain: RetainSettings,
  ) {
    super(app, { workspace: infra, stack: "apis", environment });
    // No stage can write there before API Gateway has its role: the plan fails where the account stack is older.
    consume(this, accountContract);
    const keeping = { keyArn: consume(this, keysContract).logKeyArn, retained: retain.logs };
    const { accessLogRetentionDays: retentionDays } = settings;
    const groups = apps.map((name) => {
      const of = { name: `/demarc/${environment.name}/apis/${name}`, retentionDays, ...keeping };
      return [name, new EncryptedLogGroup(this, chosenId("access-log", name), of).arn] as const;
    });
    publish(this, apisContract, { accessLogGroupArns: Object.fromEntries(groups) });
  }
}
