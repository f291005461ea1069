"""One module for each service of moto that is patched; importing this package applies them all."""

from . import ec2, kms, logs, rds, route53, s3, sqs

__all__ = ["ec2", "kms", "logs", "rds", "route53", "s3", "sqs"]
