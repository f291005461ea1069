# A REST API that reaches a load balancer through a VPC link, as an app that owns its API has it: with logs, a key, a usage plan, a
# domain of its own and a web ACL. Revision 2 changes the document, replaces the link and takes away what is optional.

variable "revision" {
  type    = number
  default = 1
}

locals {
  first = var.revision == 1
  integration = {
    type                = "http_proxy"
    httpMethod          = "GET"
    connectionType      = "VPC_LINK"
    connectionId        = "$${stageVariables.vpcLinkId}"
    passthroughBehavior = "when_no_match"
    timeoutInMillis     = local.first ? 29000 : 10000
  }
  list = {
    operationId                       = "listPets"
    security                          = [{ api_key = [] }]
    parameters                        = [{ name = "limit", in = "query", schema = { type = "integer" } }]
    responses                         = { "200" = { description = "pets" } }
    "x-amazon-apigateway-integration" = merge(local.integration, { uri = "http://pets.example.com:80/pets" })
  }
  show = {
    operationId = "showPet"
    security    = [{ api_key = [] }]
    parameters  = [{ name = "id", in = "path", required = true, schema = { type = "integer" } }]
    responses   = { "200" = { description = "a pet" } }
    "x-amazon-apigateway-integration" = merge(local.integration, {
      uri               = "http://pets.example.com:80/pets/{id}"
      requestParameters = { "integration.request.path.id" = "method.request.path.id" }
    })
  }
  body = jsonencode({
    openapi    = "3.0.1"
    info       = { title = "pets", version = tostring(var.revision) }
    paths      = merge({ "/pets" = { get = local.list } }, local.first ? {} : { "/pets/{id}" = { get = local.show } })
    components = { securitySchemes = { api_key = { type = "apiKey", name = "x-api-key", in = "header" } } }
  })
}

provider "aws" {
  allowed_account_ids = ["123456789012"]
  default_tags {
    tags = { environment = "test", revision = var.revision }
  }
}

# Load balancers

resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "this" {
  for_each          = { a = 0, c = 1 }
  vpc_id            = aws_vpc.this.id
  cidr_block        = "10.0.${each.value}.0/24"
  availability_zone = "ap-northeast-1${each.key}"
}

# No second link can be made to it: a new link takes a new load balancer.
resource "aws_lb" "network" {
  name               = "network-${var.revision}"
  load_balancer_type = "network"
  internal           = true
  subnets            = [for subnet in aws_subnet.this : subnet.id]
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb" "application" {
  name               = "application"
  load_balancer_type = "application"
  internal           = true
  subnets            = [for subnet in aws_subnet.this : subnet.id]
}

# Where API Gateway may write logs

resource "aws_iam_role" "logs" {
  name = "api-gateway"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Principal = { Service = "apigateway.amazonaws.com" }, Action = "sts:AssumeRole" },
  ] })
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.logs.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "this" {
  cloudwatch_role_arn = aws_iam_role.logs.arn
  reset_on_delete     = true
  depends_on          = [aws_iam_role_policy_attachment.logs]
}

resource "aws_cloudwatch_log_group" "access" {
  name = "/test/access"
}

# The API

resource "aws_api_gateway_rest_api" "this" {
  name                         = "pets"
  body                         = local.body
  fail_on_warnings             = true
  disable_execute_api_endpoint = local.first
  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_vpc_link" "this" {
  name        = "pets"
  target_arns = [aws_lb.network.arn]
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  triggers    = { redeployment = sha1(local.body) }
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  deployment_id = aws_api_gateway_deployment.this.id
  stage_name    = "live"
  variables     = { vpcLinkId = aws_api_gateway_vpc_link.this.id }
  dynamic "access_log_settings" {
    for_each = local.first ? [1] : []
    content {
      destination_arn = aws_cloudwatch_log_group.access.arn
      format          = jsonencode({ requestId = "$context.requestId" })
    }
  }
  xray_tracing_enabled = local.first
  depends_on           = [aws_api_gateway_account.this]
}

resource "aws_api_gateway_method_settings" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "*/*"
  settings {
    metrics_enabled        = true
    logging_level          = local.first ? "ERROR" : "OFF"
    throttling_burst_limit = local.first ? 20 : 40
    throttling_rate_limit  = local.first ? 10 : 12.5
  }
}

# Who may call it, and how often

resource "aws_api_gateway_api_key" "this" {
  name        = "pets"
  description = "revision ${var.revision}"
  enabled     = local.first
}

resource "aws_api_gateway_usage_plan" "this" {
  name        = "pets"
  description = "revision ${var.revision}"
  api_stages {
    api_id = aws_api_gateway_rest_api.this.id
    stage  = aws_api_gateway_stage.this.stage_name
    throttle {
      path        = "/pets/GET"
      burst_limit = local.first ? 5 : 6
      rate_limit  = local.first ? 2.5 : 3
    }
  }
  throttle_settings {
    burst_limit = 20
    rate_limit  = local.first ? 10 : 10.5
  }
  quota_settings {
    limit  = local.first ? 1000 : 2000
    period = "DAY"
  }
}

resource "aws_api_gateway_usage_plan_key" "this" {
  key_id        = aws_api_gateway_api_key.this.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.this.id
}

# A domain of its own, and its records

resource "aws_acm_certificate" "this" {
  domain_name       = "pets.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "this" {
  certificate_arn = aws_acm_certificate.this.arn
}

resource "aws_api_gateway_domain_name" "this" {
  domain_name              = "pets.example.com"
  regional_certificate_arn = aws_acm_certificate_validation.this.certificate_arn
  security_policy          = "TLS_1_2"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_base_path_mapping" "this" {
  api_id      = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  domain_name = aws_api_gateway_domain_name.this.domain_name
}

resource "aws_route53_zone" "this" {
  name = "example.com"
}

resource "aws_route53_record" "this" {
  for_each       = { api = local.first ? 100 : 50, other = local.first ? 0 : 50 }
  zone_id        = aws_route53_zone.this.zone_id
  name           = "pets.example.com"
  type           = "A"
  set_identifier = each.key
  weighted_routing_policy {
    weight = each.value
  }
  alias {
    name                   = aws_api_gateway_domain_name.this.regional_domain_name
    zone_id                = aws_api_gateway_domain_name.this.regional_zone_id
    evaluate_target_health = true
  }
}

# What stands before both

resource "aws_wafv2_web_acl" "this" {
  name  = "pets"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "common"
    priority = 0
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        vendor_name = "AWS"
        name        = "AWSManagedRulesCommonRuleSet"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = true
    }
  }
  rule {
    name     = "rate"
    priority = 1
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit              = local.first ? 1000 : 2000
        aggregate_key_type = "IP"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "rate"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "pets"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_association" "this" {
  for_each     = merge({ stage = aws_api_gateway_stage.this.arn }, local.first ? { balancer = aws_lb.application.arn } : {})
  resource_arn = each.value
  web_acl_arn  = aws_wafv2_web_acl.this.arn
}

resource "aws_cloudwatch_log_group" "waf" {
  name = "aws-waf-logs-pets"
}

resource "aws_wafv2_web_acl_logging_configuration" "this" {
  resource_arn            = aws_wafv2_web_acl.this.arn
  log_destination_configs = [aws_cloudwatch_log_group.waf.arn]
  dynamic "redacted_fields" {
    for_each = local.first ? [1] : []
    content {
      single_header {
        name = "authorization"
      }
    }
  }
  logging_filter {
    default_behavior = "DROP"
    filter {
      behavior    = "KEEP"
      requirement = "MEETS_ANY"
      condition {
        action_condition {
          action = "BLOCK"
        }
      }
    }
  }
}
