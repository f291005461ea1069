"""Load balancers as Elastic Load Balancing names them."""

from typing import Any

from moto.elbv2.models import ELBv2Backend
from moto.moto_api._internal import mock_random

from ..judging.services.elasticloadbalancing import KINDS
from ..patching import wrap


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
