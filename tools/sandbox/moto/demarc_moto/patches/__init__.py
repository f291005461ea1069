"""One module for each service of moto that is patched; importing this package applies them all."""

from . import acm, autoscaling, ec2, elbv2, iam, kms, logs, rds, route53, s3, sqs, sts

__all__ = ["acm", "autoscaling", "ec2", "elbv2", "iam", "kms", "logs", "rds", "route53", "s3", "sqs", "sts"]
