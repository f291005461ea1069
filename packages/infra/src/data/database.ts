import { DbInstance, type DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { ConsumedValues } from "@demarc/shared/contract";
import type { networkContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { Construct } from "constructs";
import type { LogKeeping } from "../encryption/log-group";
import { protect } from "../protection";
import { DatabaseMonitoring } from "./database-monitoring";
import { DatabaseParameters } from "./database-parameters";
import type { DatabaseSettings } from "./settings";

export interface DatabaseProps {
  readonly environment: Environment;
  readonly settings: DatabaseSettings;
  readonly network: ConsumedValues<typeof networkContract>;
  /** Key of storage, figures of performance and the master's secret. */
  readonly keyArn: string;
  /** How its logs are kept. */
  readonly keeping: LogKeeping;
}

/** A PostgreSQL instance of RDS. Apps log in by IAM; the master's password is RDS's own secret, which no state ever holds. */
export class Database extends Construct {
  readonly host: string;
  readonly port: number;
  readonly securityGroupId: string;
  /** db-…, which ARNs of rds-db:connect name. */
  readonly resourceId: string;
  readonly masterSecretArn: string;

  constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    const { environment, settings, network, keyArn, keeping } = props;
    const identifier = `${environment.name}-apps`;
    this.securityGroupId = this.#securityGroup(environment, network.vpcId);
    const { majorVersion, logRetentionDays } = settings;
    const parameters = new DatabaseParameters(this, "parameters", { instance: identifier, majorVersion });
    const monitoring = new DatabaseMonitoring(this, "monitoring", {
      environment,
      instance: identifier,
      logRetentionDays,
      keeping,
    });

    const instance = new DbInstance(this, "instance", {
      identifier,
      ...engine(settings),
      ...storage(settings, keyArn),
      ...logins(settings, keyArn),
      ...retained(settings, identifier),
      ...changed(settings),
      ...watched(monitoring, keyArn),
      parameterGroupName: parameters.groupName,
      dbSubnetGroupName: this.#subnetGroup(identifier, network.privateSubnetIds),
      vpcSecurityGroupIds: [this.securityGroupId],
      multiAz: settings.multiZone,
      publiclyAccessible: false,
      dependsOn: monitoring.needed,
    });
    if (settings.deletionProtection) protect(instance, "data.database.deletionProtection");
    this.host = instance.address;
    this.port = instance.port;
    this.resourceId = instance.resourceId;
    this.masterSecretArn = instance.masterUserSecret.get(0).secretArn;
  }

  /** Empty, and it stays so here: each cluster adds a rule for its own nodes. A database calls nobody, so nothing goes out. */
  #securityGroup(environment: Environment, vpcId: string): string {
    return new SecurityGroup(this, "security-group", {
      name: `${environment.name}-database`,
      description: "PostgreSQL; each cluster adds a rule for its nodes",
      vpcId,
    }).id;
  }

  #subnetGroup(name: string, subnetIds: string[]): string {
    return new DbSubnetGroup(this, "subnets", { name, description: "Private subnets", subnetIds }).name;
  }
}

function engine({ majorVersion, instanceClass }: DatabaseSettings) {
  return {
    engine: "postgres",
    engineVersion: majorVersion,
    instanceClass,
    autoMinorVersionUpgrade: true,
    // Only a change of the setting upgrades: that is the permission.
    allowMajorVersionUpgrade: true,
  };
}

function changed({ applyImmediately, maintenanceWindow }: DatabaseSettings): Partial<DbInstanceConfig> {
  return { applyImmediately, ...(maintenanceWindow === undefined ? {} : { maintenanceWindow }) };
}

function storage({ storageGiB, maxStorageGiB }: DatabaseSettings, kmsKeyId: string) {
  return {
    storageType: "gp3",
    allocatedStorage: storageGiB,
    maxAllocatedStorage: maxStorageGiB,
    storageEncrypted: true,
    kmsKeyId,
  };
}

function logins({ name }: DatabaseSettings, masterUserSecretKmsKeyId: string) {
  return {
    dbName: name,
    username: "administrator",
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId,
    iamDatabaseAuthenticationEnabled: true,
  };
}

function retained(settings: DatabaseSettings, identifier: string): Partial<DbInstanceConfig> {
  return {
    backupRetentionPeriod: settings.backupDays,
    copyTagsToSnapshot: true,
    deletionProtection: settings.deletionProtection,
    skipFinalSnapshot: !settings.finalSnapshot,
    ...(settings.finalSnapshot ? { finalSnapshotIdentifier: `${identifier}-final` } : {}),
  };
}

function watched({ roleArn, logs }: DatabaseMonitoring, performanceInsightsKmsKeyId: string) {
  return {
    enabledCloudwatchLogsExports: logs,
    monitoringInterval: 60,
    monitoringRoleArn: roleArn,
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId,
    // Days; what RDS keeps at no cost.
    performanceInsightsRetentionPeriod: 7,
  };
}
