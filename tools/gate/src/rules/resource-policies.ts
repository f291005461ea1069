/** A policy that hangs from a resource and says who may use it. */
export interface ResourcePolicy {
  /** Attribute that has the document. */
  readonly document: string;
  /** Attribute that names the resource it hangs from. @default it is the resource's own attribute, and goes with it */
  readonly of?: string;
}

/** By Terraform's type. */
export const RESOURCE_POLICIES: Readonly<Record<string, ResourcePolicy | undefined>> = {
  aws_api_gateway_rest_api: { document: "policy" },
  aws_api_gateway_rest_api_policy: { document: "policy", of: "rest_api_id" },
  aws_backup_vault_policy: { document: "policy", of: "backup_vault_name" },
  aws_cloudwatch_event_bus_policy: { document: "policy", of: "event_bus_name" },
  aws_cloudwatch_log_resource_policy: { document: "policy_document" },
  aws_dynamodb_resource_policy: { document: "policy", of: "resource_arn" },
  aws_ecr_repository_policy: { document: "policy", of: "repository" },
  aws_efs_file_system_policy: { document: "policy", of: "file_system_id" },
  aws_elasticsearch_domain: { document: "access_policies" },
  aws_kinesis_resource_policy: { document: "policy", of: "resource_arn" },
  aws_kms_key: { document: "policy" },
  aws_kms_key_policy: { document: "policy", of: "key_id" },
  aws_opensearch_domain: { document: "access_policies" },
  aws_s3_access_point: { document: "policy" },
  aws_s3_bucket: { document: "policy" },
  aws_s3_bucket_policy: { document: "policy", of: "bucket" },
  aws_s3control_access_point_policy: { document: "policy", of: "access_point_arn" },
  aws_secretsmanager_secret: { document: "policy" },
  aws_secretsmanager_secret_policy: { document: "policy", of: "secret_arn" },
  aws_sns_topic: { document: "policy" },
  aws_sns_topic_policy: { document: "policy", of: "arn" },
  aws_sqs_queue: { document: "policy" },
  aws_sqs_queue_policy: { document: "policy", of: "queue_url" },
};
