"""What AWS does and moto does not: one short check for each patch, to be run against any server."""

from . import apigateway, apigateway_served, autoscaling, ec2, elbv2, iam, kms, logs, rds, route53, s3, sqs, sts, switches, wafv2
from .check import CHECKS, Check

__all__ = [
    "CHECKS",
    "Check",
    "apigateway",
    "apigateway_served",
    "autoscaling",
    "ec2",
    "elbv2",
    "iam",
    "kms",
    "logs",
    "rds",
    "route53",
    "s3",
    "sqs",
    "sts",
    "switches",
    "wafv2",
]
