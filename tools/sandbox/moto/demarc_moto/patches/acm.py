"""Certificates as AWS Certificate Manager guards them."""

from typing import Any

from moto.acm.models import AWSCertificateManagerBackend, CertBundle
from moto.apigateway.models import apigateway_backends
from moto.core.exceptions import AWSError
from moto.elbv2.models import elbv2_backends

from ..gateway_arns import gateway_arn
from ..patching import wrap


class CertificateInUse(AWSError):
    """ACM's refusal."""

    TYPE = "ResourceInUseException"


def _users_of(certificate: CertBundle, account_id: str, region: str) -> list[str]:
    """ARNs of load balancers that have the certificate on a listener, and of API Gateway's domains that have it."""
    domains = apigateway_backends[account_id][region].domain_names.values()
    served = [each.domain_name for each in domains if each.regional_certificate_arn == certificate.arn]
    return [gateway_arn(region, f"/domainnames/{name}") for name in served] + [
        balancer.arn
        for balancer in elbv2_backends[account_id][region].load_balancers.values()
        if any(certificate.arn in listener.certificates for listener in balancer.listeners.values())
    ]


@wrap(AWSCertificateManagerBackend, "describe_certificate")
def tell_who_uses_it_now(original: Any, backend: AWSCertificateManagerBackend, arn: str) -> CertBundle:
    """moto keeps the ARN of a listener under InUseBy after the listener has gone.

    ACM names what has the certificate.
    """
    certificate: CertBundle = original(backend, arn)
    own = (":elasticloadbalancing:", ":apigateway:")
    others = [user for user in certificate.in_use_by if not any(service in user for service in own)]
    certificate.in_use_by = others + _users_of(certificate, backend.account_id, backend.region_name)
    return certificate


@wrap(AWSCertificateManagerBackend, "delete_certificate")
def keep_a_certificate_in_use(original: Any, backend: AWSCertificateManagerBackend, arn: str) -> None:
    """moto deletes a certificate from under a load balancer or a domain; ACM refuses."""
    certificate = backend._certificates.get(arn)
    if certificate and _users_of(certificate, backend.account_id, backend.region_name):
        raise CertificateInUse(f"Certificate {arn} in account {backend.account_id} is in use.")
    original(backend, arn)
