import { publish } from "@demarc/shared/contract";
import { keysContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { WorkspaceStack } from "@demarc/shared/stack";
import { infra } from "@demarc/shared/workspace";
import type { App } from "cdktf";
import { EncryptionKey } from "../encryption/key";
import { LogKey } from "./log-key";
import type { RetainSettings } from "./settings";
import { VolumeKey } from "./volume-key";

/** What of an environment is left after its destroy: each needs its key to be read. */
export interface Retained extends RetainSettings {
  /** Whether the database leaves a last snapshot. */
  readonly snapshots: boolean;
}

/**
 * The keys of what may outlive the rest of the environment. They have a stack of their own, so that a destroy can leave it standing
 * and the next deploy finds the same keys: docs/decisions/0016-a-key-per-trust.md.
 */
export class KeysStack extends WorkspaceStack {
  constructor(app: App, environment: Environment, retained: Retained) {
    super(app, { workspace: infra, stack: "keys", environment });

    const logs = new LogKey(this, "logs", { environment, retained: retained.logs });
    const database = new EncryptionKey(this, "database", {
      environment,
      description: `Encrypts the database of ${environment.name}, its snapshots and its master's secret`,
      protectedBy: retained.snapshots ? "data.database.finalSnapshot" : undefined,
    });
    const volumes = new VolumeKey(this, "volumes", { environment, retained: retained.volumes });

    publish(this, keysContract, {
      logKeyArn: logs.arn,
      databaseKeyArn: database.arn,
      volumeKeyArn: volumes.arn,
    });
  }
}
