import { consume, publish } from "@demarc/shared/contract";
import { dataContract, networkContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { infra } from "@demarc/shared/workspace";
import { WorkspaceStack } from "@demarc/shared/stack";
import type { App } from "cdktf";
import { Database } from "./database";
import { Queue } from "./queue";
import type { DataSettings } from "./settings";

/** The queue and the database that apps share, which outlive every cluster. */
export class DataStack extends WorkspaceStack {
  constructor(app: App, environment: Environment, settings: DataSettings) {
    super(app, { workspace: infra, stack: "data", environment });
    const network = consume(this, networkContract);

    const queue = new Queue(this, "queue", { environment, settings: settings.queue });
    const database = new Database(this, "database", { environment, settings: settings.database, network });

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
      databaseMasterSecretKeyArn: database.keyArn,
    });
  }
}
