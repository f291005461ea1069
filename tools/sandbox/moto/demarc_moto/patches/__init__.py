"""One module for each service of moto that is patched; importing this package applies them all."""

from . import autoscaling, ec2, iam, kms, logs, rds, route53, s3, sqs

__all__ = ["autoscaling", "ec2", "iam", "kms", "logs", "rds", "route53", "s3", "sqs"]
