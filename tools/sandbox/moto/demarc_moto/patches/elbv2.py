"""Load balancers as Elastic Load Balancing names and guards them."""

from typing import Any

from moto.core.responses import ActionResult
from moto.elbv2.exceptions import ELBClientError
from moto.elbv2.models import ELBv2Backend
from moto.elbv2.responses import ELBV2Response
from moto.moto_api._internal import mock_random
from moto.s3.models import s3_backends

from ..judging.services.elasticloadbalancing import KINDS
from ..patching import wrap
from ..policy_documents import as_list, services_of, statements_of

LOG_DELIVERY = "logdelivery.elasticloadbalancing.amazonaws.com"


@wrap(ELBv2Backend, "create_load_balancer")
def tell_the_kind_in_the_arn(original: Any, backend: ELBv2Backend, *args: Any, **kwargs: Any) -> Any:
    """moto gives every load balancer the ARN of an ALB.

    VPC links and web ACLs take one kind only, and policies name them apart.
    """
    balancer = original(backend, *args, **kwargs)
    if (kind := KINDS.get(balancer.type, "app")) != "app":
        taken = balancer.arn
        balancer.arn = taken.replace(":loadbalancer/app/", f":loadbalancer/{kind}/")
        backend.load_balancers[balancer.arn] = backend.load_balancers.pop(taken)
        backend.tagging_service.copy_tags(taken, balancer.arn)
        backend.tagging_service.delete_all_tags_for_resource(taken)
    return balancer


@wrap(ELBv2Backend, "create_load_balancer")
def name_the_host_by_kind_and_scheme(original: Any, backend: ELBv2Backend, *args: Any, **kwargs: Any) -> Any:
    """moto gives every load balancer the host name of an internet-facing ALB, with the same number.

    Whoever writes DNS records tells the kinds apart by the host name.
    """
    balancer = original(backend, *args, **kwargs)
    number = int(mock_random.get_random_hex(length=8), 16)
    if balancer.type == "network":
        balancer.dns_name = f"{balancer.name}-{number:016x}.elb.{backend.region_name}.amazonaws.com"
    else:
        prefix = "internal-" if balancer.scheme == "internal" else ""
        balancer.dns_name = f"{prefix}{balancer.name}-{number}.{backend.region_name}.elb.amazonaws.com"
    return balancer


@wrap(ELBv2Backend, "create_load_balancer")
def hold_private_link_to_inbound_rules(original: Any, backend: ELBv2Backend, *args: Any, **kwargs: Any) -> Any:
    """moto does not tell whether a network load balancer's inbound rules hold for PrivateLink; they do until somebody says otherwise."""
    balancer = original(backend, *args, **kwargs)
    if balancer.type == "network" and balancer.security_groups:
        balancer.enforce_security_group_inbound_rules_on_private_link_traffic = "on"
    return balancer


@wrap(ELBV2Response, "set_security_groups")
def let_private_link_past_inbound_rules(original: Any, response: ELBV2Response) -> ActionResult:
    """moto ignores EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic, and gives security groups to a network load balancer made without."""
    balancer = response.elbv2_backend.load_balancers.get(response._get_param("LoadBalancerArn"))
    if balancer is not None and balancer.type == "network" and not balancer.security_groups:
        reason = f"Load balancer '{balancer.arn}' was made without a security group, so it can have none"
        raise ELBClientError("InvalidConfigurationRequest", reason)
    result: ActionResult = original(response)
    if balancer is not None and (enforced := response._get_param("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic")):
        balancer.enforce_security_group_inbound_rules_on_private_link_traffic = enforced
    return result


@wrap(ELBv2Backend, "delete_load_balancer")
def keep_a_protected_load_balancer(original: Any, backend: ELBv2Backend, arn: str) -> None:
    """moto deletes a load balancer whose deletion protection is on; Elastic Load Balancing refuses."""
    balancer = backend.load_balancers.get(arn)
    if balancer is not None and balancer.attrs.get("deletion_protection.enabled") == "true":
        reason = f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
        raise ELBClientError("OperationNotPermitted", reason)
    original(backend, arn)


@wrap(ELBv2Backend, "modify_load_balancer_attributes")
def log_to_buckets_that_let_it(original: Any, backend: ELBv2Backend, arn: str, attrs: dict[str, Any]) -> dict[str, Any]:
    """moto takes any bucket for access logs, also one that is not there.

    Elastic Load Balancing writes a test file, and refuses where the bucket's policy does not let its log delivery write.
    """
    bucket = attrs.get("access_logs.s3.bucket")
    if attrs.get("access_logs.s3.enabled") == "true" and not _takes_logs(backend, bucket):
        raise ELBClientError("InvalidConfigurationRequest", f"Access Denied for bucket: {bucket}. Please check S3bucket permission")
    kept: dict[str, Any] = original(backend, arn, attrs)
    return kept


def _takes_logs(backend: ELBv2Backend, name: str | None) -> bool:
    bucket = s3_backends[backend.account_id][backend.partition].buckets.get(name or "")
    statements = statements_of(bucket.policy) if bucket is not None and bucket.policy else []
    return any(
        statement["Effect"] == "Allow"
        and LOG_DELIVERY in services_of(statement)
        and "s3:PutObject" in as_list(statement.get("Action"))
        for statement in statements
    )
