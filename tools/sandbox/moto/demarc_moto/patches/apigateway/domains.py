"""Custom domains and what they lead to, as API Gateway keeps them."""

import json
from typing import Any

from moto.acm.models import acm_backends
from moto.apigateway.exceptions import BadRequestException, BasePathConflictException
from moto.apigateway.models import APIGatewayBackend, BasePathMapping, DomainName
from moto.apigateway.responses import APIGatewayResponse
from moto.core.common_types import TYPE_RESPONSE

from ...patching import add, wrap


@wrap(APIGatewayBackend, "create_domain_name")
def make_a_domain_of_an_issued_certificate(
    original: Any, backend: APIGatewayBackend, domain_name: str, *args: Any, **kwargs: Any
) -> DomainName:
    """moto takes any text for the ARN of a certificate, and a domain that exists already for a new one."""
    if domain_name in backend.domain_names:
        raise BadRequestException("The domain name you provided already exists.")
    domain: DomainName = original(backend, domain_name, *args, **kwargs)
    try:
        _check_certificate(backend, domain.regional_certificate_arn)
    except BadRequestException:
        del backend.domain_names[domain_name]
        raise
    # moto fails where somebody looks for the mappings of a domain that never had one.
    backend.base_path_mappings[domain_name] = {}
    return domain


def _check_certificate(backend: APIGatewayBackend, arn: str | None) -> None:
    certificates = acm_backends[backend.account_id][backend.region_name]
    if arn and (arn not in certificates._certificates or certificates.describe_certificate(arn).status != "ISSUED"):
        raise BadRequestException(f"The certificate {arn} is not issued in {backend.region_name}")


@add(APIGatewayResponse, "update_domain_name")
def update_domain_name(response: APIGatewayResponse) -> TYPE_RESPONSE:
    """moto has no UpdateDomainName, which gives a domain another certificate or security policy."""
    domain = response.backend.get_domain_name(response.path.split("/")[2])
    attributes = {"/regionalCertificateArn": "regional_certificate_arn", "/securityPolicy": "security_policy"}
    for operation in response._get_param("patchOperations"):
        if operation["path"] not in attributes:
            raise NotImplementedError(f"a change of {operation['path']} of a domain")
        if operation["path"] == "/regionalCertificateArn":
            _check_certificate(response.backend, operation["value"])
        setattr(domain, attributes[operation["path"]], operation["value"])
    return 200, {}, json.dumps(domain.to_json())


@wrap(APIGatewayBackend, "delete_domain_name")
def delete_the_mappings_of_a_domain_too(original: Any, backend: APIGatewayBackend, domain_name: str) -> None:
    """moto leaves the base path mappings of a domain that is gone."""
    original(backend, domain_name)
    backend.base_path_mappings.pop(domain_name, None)


@wrap(APIGatewayBackend, "create_base_path_mapping")
def map_the_empty_path_once(
    original: Any, backend: APIGatewayBackend, domain_name: str, rest_api_id: str, base_path: str, stage: str
) -> BasePathMapping:
    """moto gives the path of a domain that stands for all others to another API without a word."""
    if not base_path and "(none)" in backend.base_path_mappings.get(domain_name, {}):
        raise BasePathConflictException()
    mapping: BasePathMapping = original(backend, domain_name, rest_api_id, base_path, stage)
    return mapping
