import { consume, publish } from "@demarc/shared/contract";
import { dataContract, keysContract, networkContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { infra } from "@demarc/shared/workspace";
import { WorkspaceStack } from "@demarc/shared/stack";
import type { App } from "cdktf";
import type { RetainSettings } from "../keys/settings";
import { Database } from "./database";
import { Queue } from "./queue";
import type { DataSettings } from "./settings";

/** The queue and the database that apps share, which outlive every cluster. */
export class DataStack extends WorkspaceStack {
  constructor(app: App, environment: Environment, settings: DataSettings, retain: RetainSettings) {
    super(app, { workspace: infra, stack: "data", environment });
    const network = consume(this, networkContract);
    const keys = consume(this, keysContract);
    const keeping = { keyArn: keys.logKeyArn, retained: retain.logs };

    const queue = new Queue(this, "queue", { environment, settings: settings.queue });
    const database = new Database(this, "database", {
      environment,
      settings: settings.database,
      network,
      keyArn: keys.databaseKeyArn,
      keeping,
    });

    publish(this, dataContract, {
      queueUrl: queue.url,
      queueArn: queue.arn,
      queueKeyArn: queue.keyArn,
      databaseHost: database.host,
      databasePort: database.port,
      databaseSecurityGroupId: database.securityGroupId,
      databaseName: settings.database.name,
      databaseResourceId: database.resourceId,
      databaseMasterSecretArn: database.masterSecretArn,
      databaseMasterSecretKeyArn: keys.databaseKeyArn,
    });
  }
}
