import json

from .check import ClientFactory, check


@check("MOTO_ACM_VALIDATION_WAIT")
def a_certificate_is_issued_without_delay(aws: ClientFactory) -> None:
    acm = aws("acm")
    arn = acm.request_certificate(DomainName="*.issued.test", ValidationMethod="DNS")["CertificateArn"]
    assert acm.describe_certificate(CertificateArn=arn)["Certificate"]["Status"] == "ISSUED"


@check("MOTO_IAM_LOAD_MANAGED_POLICIES")
def policies_managed_by_aws_can_be_attached(aws: ClientFactory) -> None:
    iam = aws("iam")
    iam.create_role(RoleName="nodes", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": []}))
    iam.attach_role_policy(RoleName="nodes", PolicyArn="arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy")
