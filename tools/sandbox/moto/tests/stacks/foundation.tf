# Everything else of an environment that a patch concerns. Revision 2 changes it and takes away what is optional.

variable "revision" {
  type    = number
  default = 1
}

locals {
  first   = var.revision == 1
  account = data.aws_caller_identity.current.account_id
  https_only = {
    Effect    = "Deny"
    Principal = "*"
    Action    = "s3:*"
    Resource  = "*"
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }
}

provider "aws" {
  allowed_account_ids = ["123456789012"]
  default_tags {
    tags = { environment = "test" }
  }
}

provider "aws" {
  alias               = "global"
  region              = "us-east-1"
  allowed_account_ids = ["123456789012"]
}

data "aws_caller_identity" "current" {}

data "aws_ec2_managed_prefix_list" "s3" {
  name = "com.amazonaws.ap-northeast-1.s3"
}

# Keys and logs

resource "aws_kms_key" "this" {
  description             = "foundation"
  enable_key_rotation     = true
  rotation_period_in_days = local.first ? 180 : 365
  deletion_window_in_days = 7
}

resource "aws_cloudwatch_log_group" "keyed" {
  name              = "/test/keyed"
  log_group_class   = "STANDARD"
  retention_in_days = 365
  kms_key_id        = local.first ? aws_kms_key.this.arn : null
}

resource "aws_cloudwatch_log_group" "keyed_later" {
  name            = "/test/keyed-later"
  log_group_class = "INFREQUENT_ACCESS"
  kms_key_id      = local.first ? null : aws_kms_key.this.arn
}

# Buckets

resource "aws_s3_bucket" "states" {
  bucket        = "states"
  force_destroy = true
}

resource "aws_s3_bucket_versioning" "states" {
  bucket = aws_s3_bucket.states.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_policy" "states" {
  bucket = aws_s3_bucket.states.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    local.https_only,
    {
      Effect    = "Allow"
      Principal = { Service = "logging.s3.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "${aws_s3_bucket.states.arn}/*"
    },
  ] })
}

resource "aws_s3_bucket_logging" "states" {
  bucket        = aws_s3_bucket.states.id
  target_bucket = aws_s3_bucket.states.id
  target_prefix = "access/"
  target_object_key_format {
    dynamic "partitioned_prefix" {
      for_each = local.first ? [1] : []
      content {
        partition_date_source = "EventTime"
      }
    }
    dynamic "simple_prefix" {
      for_each = local.first ? [] : [1]
      content {}
    }
  }
  depends_on = [aws_s3_bucket_policy.states]
}

resource "aws_s3_bucket_lifecycle_configuration" "states" {
  bucket = aws_s3_bucket_versioning.states.bucket
  rule {
    id     = "old"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days           = 365
      newer_noncurrent_versions = 50
    }
  }
}

# Emptied on destroy, delete markers included.
resource "aws_s3_object" "state" {
  bucket  = aws_s3_bucket_versioning.states.bucket
  key     = local.first ? "first" : "second"
  content = "state"
}

# Roles

resource "aws_iam_role" "nodes" {
  name                 = "nodes"
  path                 = "/test/"
  description          = "revision ${var.revision}"
  max_session_duration = local.first ? 3600 : 7200
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" },
  ] })
}

resource "aws_iam_role_policy_attachment" "nodes" {
  role       = aws_iam_role.nodes.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"
}

resource "aws_iam_openid_connect_provider" "this" {
  url            = "https://oidc.example.com/id/1"
  client_id_list = local.first ? ["first"] : ["second"]
}

# Network

resource "aws_vpc" "this" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_dhcp_options" "this" {
  domain_name = "test.internal"
}

resource "aws_subnet" "this" {
  for_each          = { "ap-northeast-1a" = "10.1.0.0/24", "ap-northeast-1c" = "10.1.1.0/24" }
  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  cidr_block        = each.value
}

resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
}

resource "aws_eip" "nat" {
  domain     = "vpc"
  depends_on = [aws_internet_gateway.this]
}

resource "aws_nat_gateway" "this" {
  subnet_id     = aws_subnet.this["ap-northeast-1a"].id
  allocation_id = aws_eip.nat.id
}

resource "aws_route_table" "this" {
  for_each = toset(["first", "second"])
  vpc_id   = aws_vpc.this.id
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.this.id
  service_name    = "com.amazonaws.ap-northeast-1.s3"
  route_table_ids = [aws_route_table.this[local.first ? "first" : "second"].id]
}

resource "aws_vpc_endpoint" "sts" {
  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.ap-northeast-1.sts"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = local.first
  ip_address_type     = "ipv4"
  subnet_ids          = [aws_subnet.this[local.first ? "ap-northeast-1a" : "ap-northeast-1c"].id]
  security_group_ids  = [aws_security_group.this["nodes"].id]
  dns_options {
    dns_record_ip_type = local.first ? "ipv4" : "service-defined"
  }
}

resource "aws_security_group" "this" {
  for_each    = toset(["nodes", "database"])
  name        = each.key
  description = each.key
  vpc_id      = aws_vpc.this.id
}

resource "aws_vpc_security_group_ingress_rule" "peer" {
  security_group_id            = aws_security_group.this["nodes"].id
  referenced_security_group_id = aws_security_group.this[local.first ? "nodes" : "database"].id
  ip_protocol                  = "-1"
  description                  = "revision ${var.revision}"
}

resource "aws_vpc_security_group_egress_rule" "everywhere" {
  security_group_id = aws_security_group.this["nodes"].id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
  description       = local.first ? "everywhere" : null
}

resource "aws_vpc_security_group_egress_rule" "s3" {
  security_group_id = aws_security_group.this["nodes"].id
  prefix_list_id    = data.aws_ec2_managed_prefix_list.s3.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  description       = "revision ${var.revision}"
}

# Nodes

resource "aws_launch_template" "nodes" {
  name                   = "nodes"
  update_default_version = true
  instance_type          = local.first ? "m6i.large" : "m6i.xlarge"
  tags                   = { revision = var.revision }
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "node" }
  }
}

resource "aws_autoscaling_group" "nodes" {
  name                = "nodes"
  min_size            = 0
  max_size            = 1
  vpc_zone_identifier = [for subnet in aws_subnet.this : subnet.id]
  enabled_metrics     = local.first ? ["GroupMinSize", "GroupMaxSize"] : ["GroupMinSize", "GroupDesiredCapacity"]
  launch_template {
    id      = aws_launch_template.nodes.id
    version = aws_launch_template.nodes.latest_version
  }
}

# Names

resource "aws_route53_zone" "this" {
  name = "example.com"
}

resource "aws_cloudwatch_log_group" "queries" {
  provider = aws.global
  name     = "/aws/route53/example.com"
}

resource "aws_route53_query_log" "this" {
  zone_id                  = aws_route53_zone.this.zone_id
  cloudwatch_log_group_arn = aws_cloudwatch_log_group.queries.arn
}

resource "aws_acm_certificate" "this" {
  domain_name       = "*.example.com"
  validation_method = "DNS"
}

resource "aws_route53_record" "validation" {
  for_each = { for option in aws_acm_certificate.this.domain_validation_options : option.domain_name => option }
  zone_id  = aws_route53_zone.this.zone_id
  name     = each.value.resource_record_name
  type     = each.value.resource_record_type
  ttl      = 60
  records  = [each.value.resource_record_value]
}

resource "aws_acm_certificate_validation" "this" {
  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]
}

# Queues

resource "aws_sqs_queue" "dead" {
  name = "dead"
}

resource "aws_sqs_queue_redrive_allow_policy" "dead" {
  queue_url            = aws_sqs_queue.dead.id
  redrive_allow_policy = jsonencode({ redrivePermission = "allowAll" })
}

resource "aws_sqs_queue" "main" {
  name                       = "main"
  visibility_timeout_seconds = local.first ? 60 : 90
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 5 })
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    {
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = "arn:aws:sqs:ap-northeast-1:${local.account}:main"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    },
  ] })
}

# Database parameters: the instance is slow and has a stack of its own.

resource "aws_db_parameter_group" "this" {
  name        = "parameters"
  description = "parameters"
  family      = "postgres17"
  dynamic "parameter" {
    for_each = local.first ? ["rds.force_ssl", "log_connections"] : ["rds.force_ssl"]
    content {
      name  = parameter.value
      value = "1"
    }
  }
}
