import { defineContract, output, withData } from "../contract";

/** The queue and the database that apps share, each app with an identity of its own. */
export const dataContract = defineContract({
  name: "data",
  version: 1,
  workspace: "infra",
  stack: "data",
  scope: "environment",
  presence: withData,
  outputs: {
    queueUrl: output.string("SQS queue"),
    queueArn: output.string("ARN of the queue, for an app's permissions"),
    queueKeyArn: output.string(
      "KMS key that encrypts the queue: a reader needs kms:Decrypt, a writer kms:GenerateDataKey too",
    ),
    databaseHost: output.string("Host name of the PostgreSQL database; it takes TLS only"),
    databasePort: output.number("TCP port of the database"),
    databaseSecurityGroupId: output.string(
      "Security group of the database: it admits nobody until a cluster adds a rule for its nodes",
    ),
    databaseName: output.string("Database inside the instance"),
    databaseResourceId: output.string("Resource id (db-…) that ARNs of rds-db:connect name"),
    databaseMasterSecretArn: output.string(
      "Secret of the master user, which RDS keeps: only k8s-platform's database Job may read it",
    ),
    databaseMasterSecretKeyArn: output.string("KMS key of that secret"),
  },
});
