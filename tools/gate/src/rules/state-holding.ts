import { isDestroyed } from "../plan/change";
import type { ResourceChange } from "../plan/plan";

/** What is lost with a resource of a type. */
type Losses = Readonly<Record<string, string>>;

const databases: Losses = {
  aws_db_instance: "a database and its automated backups",
  aws_docdb_cluster: "a database",
  aws_dynamodb_table: "a table",
  aws_elasticache_cluster: "a cache with its data",
  aws_elasticache_replication_group: "a cache with its data",
  aws_elasticache_serverless_cache: "a cache with its data",
  aws_elasticsearch_domain: "a search domain and its indexes",
  aws_keyspaces_table: "a table",
  aws_memorydb_cluster: "a database",
  aws_neptune_cluster: "a database",
  aws_opensearch_domain: "a search domain and its indexes",
  aws_opensearchserverless_collection: "a collection and its indexes",
  aws_rds_cluster: "a database and its automated backups",
  aws_rds_global_cluster: "a database of several regions",
  aws_redshift_cluster: "a warehouse",
  aws_redshiftserverless_namespace: "a warehouse",
  aws_timestreamwrite_table: "a table",
};

const files: Losses = {
  aws_backup_vault: "a vault of backups",
  aws_ebs_snapshot: "a snapshot",
  aws_ebs_volume: "a volume",
  aws_ecr_repository: "a repository of images",
  aws_efs_file_system: "a file system",
  aws_fsx_lustre_file_system: "a file system",
  aws_fsx_ontap_file_system: "a file system",
  aws_fsx_openzfs_file_system: "a file system",
  aws_fsx_windows_file_system: "a file system",
  aws_s3_bucket: "a bucket",
  aws_s3_directory_bucket: "a bucket",
};

const messages: Losses = {
  aws_kinesis_stream: "a stream and its records",
  aws_mq_broker: "a broker and its messages",
  aws_msk_cluster: "a Kafka cluster and its topics",
  aws_msk_serverless_cluster: "a Kafka cluster and its topics",
  aws_sns_topic: "a topic and its subscriptions",
  aws_sqs_queue: "a queue and its messages",
};

const secrets: Losses = {
  aws_cognito_user_pool: "a pool of users and their passwords",
  aws_kms_external_key: "a key: nobody can read any more what it encrypts",
  aws_kms_key: "a key: nobody can read any more what it encrypts",
  aws_kms_replica_key: "a key",
  aws_secretsmanager_secret: "a secret",
  aws_ssm_parameter: "a parameter",
};

const others: Losses = {
  aws_cloudwatch_log_group: "a log group and its records",
  aws_eks_cluster: "a cluster and all that runs in it",
  aws_route53_zone: "a hosted zone: a new one has other name servers",
};

/** The Kubernetes provider names most types twice. */
const kubernetes: Losses = Object.fromEntries(
  Object.entries({
    kubernetes_namespace: "a namespace and all that is in it",
    kubernetes_persistent_volume: "a volume",
    kubernetes_persistent_volume_claim: "a claim, and its volume by the class's default",
    kubernetes_secret: "a Secret",
    kubernetes_stateful_set: "a StatefulSet, whose pods stop",
  }).flatMap(([type, loss]) => [type, `${type}_v1`].map((name) => [name, loss])),
);

export const HOLDS_STATE: Losses = { ...databases, ...files, ...messages, ...secrets, ...others, ...kubernetes };

/** With `skip_destroy` the provider takes these out of its state and leaves them where they are. */
const KEPT_BY_SKIP_DESTROY = ["aws_cloudwatch_log_group"];

/** Whether what it holds is gone after the apply. */
export function losesState(change: ResourceChange): boolean {
  const { type, before = {} } = change;
  if (!isDestroyed(change) || !Object.hasOwn(HOLDS_STATE, type)) return false;
  return !(KEPT_BY_SKIP_DESTROY.includes(type) && before["skip_destroy"] === true);
}
