"""What AWS does and moto does not: one short check for each patch, to be run against any server."""

from . import autoscaling, ec2, elbv2, iam, kms, logs, rds, route53, s3, sqs, sts, switches
from .check import CHECKS, Check

__all__ = ["CHECKS", "Check", "autoscaling", "ec2", "elbv2", "iam", "kms", "logs", "rds", "route53", "s3", "sqs", "switches"]
