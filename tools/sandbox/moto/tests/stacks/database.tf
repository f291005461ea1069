# The database of an environment, with every argument that it has in production.

variable "insights_retention_days" {
  type    = number
  default = 7
}

# Without description, tags and policy, for which the provider would wait 13 s.
resource "aws_kms_key" "data" {
  deletion_window_in_days = 7
}

resource "aws_vpc" "this" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "this" {
  for_each          = { "ap-northeast-1a" = "10.1.0.0/24", "ap-northeast-1c" = "10.1.1.0/24" }
  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  cidr_block        = each.value
}

resource "aws_security_group" "this" {
  name        = "database"
  description = "database"
  vpc_id      = aws_vpc.this.id
}

resource "aws_db_subnet_group" "this" {
  name       = "database"
  subnet_ids = [for subnet in aws_subnet.this : subnet.id]
}

resource "aws_db_parameter_group" "this" {
  name        = "database"
  description = "database"
  family      = "postgres17"
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_iam_role" "monitoring" {
  name = "monitoring"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Principal = { Service = "monitoring.rds.amazonaws.com" }, Action = "sts:AssumeRole" },
  ] })
}

resource "aws_db_instance" "this" {
  identifier                            = "database"
  engine                                = "postgres"
  engine_version                        = "17"
  instance_class                        = "db.t4g.medium"
  allocated_storage                     = 20
  max_allocated_storage                 = 100
  storage_type                          = "gp3"
  storage_encrypted                     = true
  kms_key_id                            = aws_kms_key.data.arn
  db_name                               = "orders"
  username                              = "master"
  manage_master_user_password           = true
  master_user_secret_kms_key_id         = aws_kms_key.data.arn
  multi_az                              = true
  db_subnet_group_name                  = aws_db_subnet_group.this.name
  vpc_security_group_ids                = [aws_security_group.this.id]
  parameter_group_name                  = aws_db_parameter_group.this.name
  iam_database_authentication_enabled   = true
  backup_retention_period               = 7
  copy_tags_to_snapshot                 = true
  auto_minor_version_upgrade            = true
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = aws_kms_key.data.arn
  performance_insights_retention_period = var.insights_retention_days
  monitoring_interval                   = 60
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  enabled_cloudwatch_logs_exports       = ["postgresql", "upgrade"]
  ca_cert_identifier                    = "rds-ca-rsa2048-g1"
  apply_immediately                     = true
  skip_final_snapshot                   = true
}
