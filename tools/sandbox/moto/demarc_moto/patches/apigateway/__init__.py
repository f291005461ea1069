"""Patches of API Gateway's REST APIs, one module for each kind of resource."""

from . import account, apis, deployments, domains, plans, tags, vpc_links

__all__ = ["account", "apis", "deployments", "domains", "plans", "tags", "vpc_links"]
