"""What is known of each service; of one that is not here, only that parameters which hold ARNs are what a call acts on."""

from collections.abc import Mapping

from ..service import Service
from .apigateway import APIGATEWAY
from .autoscaling import AUTOSCALING
from .ec2 import EC2
from .elasticloadbalancing import ELASTICLOADBALANCING
from .encryption import KMS, SECRETSMANAGER
from .iam import IAM, STS
from .s3 import S3
from .simple import ACM, DYNAMODB, LOGS, RDS, ROUTE53, SQS, SSM, TAGGING
from .wafv2 import WAFV2

SERVICES: Mapping[str, Service] = {
    "acm": ACM,
    "apigateway": APIGATEWAY,
    "autoscaling": AUTOSCALING,
    "dynamodb": DYNAMODB,
    "ec2": EC2,
    "elbv2": ELASTICLOADBALANCING,
    "iam": IAM,
    "kms": KMS,
    "logs": LOGS,
    "rds": RDS,
    "resourcegroupstaggingapi": TAGGING,
    "route53": ROUTE53,
    "s3": S3,
    "secretsmanager": SECRETSMANAGER,
    "sqs": SQS,
    "ssm": SSM,
    "sts": STS,
    "wafv2": WAFV2,
}
"""By moto's name of the service."""
