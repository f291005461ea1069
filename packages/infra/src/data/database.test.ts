import { dataStack } from "../testing/data";

const instance = (...args: Parameters<typeof dataStack>) => dataStack(...args).resource("aws_db_instance");
const key = expect.stringMatching(/keys_v1\.databaseKeyArn\}$/);

describe("the database", () => {
  it("is encrypted with our key: storage, figures of performance and the master's secret", () => {
    expect(instance()).toMatchObject({
      storage_encrypted: true,
      kms_key_id: key,
      performance_insights_enabled: true,
      performance_insights_kms_key_id: key,
      master_user_secret_kms_key_id: key,
    });
  });

  it("has a master's password that RDS alone knows", () => {
    expect(instance()).toMatchObject({ manage_master_user_password: true });
    expect(instance()).not.toHaveProperty("password");
  });

  it("lets apps log in by IAM", () => {
    expect(instance()).toMatchObject({ iam_database_authentication_enabled: true });
  });

  it("stands in the private subnets, has no public address and admits nobody by itself", () => {
    const stack = dataStack();
    expect(stack.resource("aws_db_instance")).toMatchObject({ publicly_accessible: false });
    expect(stack.resource("aws_db_subnet_group")).toMatchObject({
      subnet_ids: expect.stringContaining("network_v2.privateSubnetIds"),
    });
    expect(stack.resource("aws_security_group")).not.toHaveProperty("ingress");
    expect(stack.resources("aws_vpc_security_group_ingress_rule")).toEqual([]);
    expect(stack.resources("aws_vpc_security_group_egress_rule")).toEqual([]);
  });

  it("survives a mistake by default: a standby, a week of backups, no deletion, a last snapshot", () => {
    expect(instance()).toMatchObject({
      multi_az: true,
      backup_retention_period: 7,
      copy_tags_to_snapshot: true,
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: "dev-apps-final",
    });
  });

  it("can be made to go away without a trace, where the settings say so", () => {
    const gone = instance({ database: { deletionProtection: false, finalSnapshot: false } });
    expect(gone).toMatchObject({ deletion_protection: false, skip_final_snapshot: true });
    expect(gone).not.toHaveProperty("final_snapshot_identifier");
  });

  it("is what its settings say", () => {
    const database = {
      majorVersion: "18",
      instanceClass: "db.m7g.large",
      name: "orders",
      storageGiB: 50,
      maxStorageGiB: 500,
      multiZone: false,
      backupDays: 35,
    };
    expect(instance({ database })).toMatchObject({
      engine: "postgres",
      engine_version: "18",
      instance_class: "db.m7g.large",
      db_name: "orders",
      storage_type: "gp3",
      allocated_storage: 50,
      max_allocated_storage: 500,
      multi_az: false,
      backup_retention_period: 35,
    });
    expect(dataStack({ database }).outputs["data_v1"]).toMatchObject({ databaseName: "orders" });
  });

  it("changes when the change is applied, unless the settings put it off to the maintenance window", () => {
    expect(instance()).toMatchObject({ apply_immediately: true });
    expect(instance()).not.toHaveProperty("maintenance_window");
    const waiting = { applyImmediately: false, maintenanceWindow: "sun:18:00-sun:19:00" };
    expect(instance({ database: waiting })).toMatchObject({
      apply_immediately: false,
      maintenance_window: "sun:18:00-sun:19:00",
    });
  });

  it("takes minor versions by itself and a major one when the setting changes", () => {
    expect(instance()).toMatchObject({ auto_minor_version_upgrade: true, allow_major_version_upgrade: true });
  });
});

describe("the parameters of PostgreSQL", () => {
  it("refuse a connection without TLS, and log who comes, what changes and what is slow", () => {
    expect(dataStack().resource("aws_db_parameter_group")["parameter"]).toEqual([
      { name: "rds.force_ssl", value: "1" },
      { name: "log_connections", value: "1" },
      { name: "log_disconnections", value: "1" },
      { name: "log_lock_waits", value: "1" },
      { name: "log_statement", value: "ddl" },
      { name: "log_min_duration_statement", value: "1000" },
    ]);
  });

  it("are of the major version, and the old ones stay until an upgrade is over", () => {
    const group = dataStack({ database: { majorVersion: "18" } }).resource("aws_db_parameter_group");
    expect(group).not.toHaveProperty("name");
    expect(group).toMatchObject({
      name_prefix: "dev-apps-postgres18-",
      family: "postgres18",
      lifecycle: { create_before_destroy: true },
    });
  });
});
