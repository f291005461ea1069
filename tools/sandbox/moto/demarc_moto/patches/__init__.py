"""One module for each service of moto that is patched; importing this package applies them all."""

from . import acm, apigateway, autoscaling, ec2, elbv2, iam, kms, logs, rds, route53, s3, sqs, sts, wafv2

__all__ = ["acm", "apigateway", "autoscaling", "ec2", "elbv2", "iam", "kms", "logs", "rds", "route53", "s3", "sqs", "sts", "wafv2"]
