"""Security group rules as EC2 keeps and changes them."""

import inspect
from typing import Any

from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule

from ...patching import wrap, wrap_property

ALL_PORTS = -1
"""Both ports of a rule for all protocols.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html"""

_rule_signature = inspect.signature(SecurityGroupRule.__init__)


@wrap(SecurityGroupRule, "__init__")
def keep_the_description_of_prefix_list_rules(
    original: Any, rule: SecurityGroupRule, *args: Any, **kwargs: Any
) -> None:
    """moto forgets the description of a rule whose peer is a prefix list; EC2 keeps it."""
    original(rule, *args, **kwargs)
    prefix_list = _rule_signature.bind(rule, *args, **kwargs).arguments.get("prefix_list_id") or {}
    rule.prefix_list_description = prefix_list.get("Description")


@wrap_property(SecurityGroupRule, "description")
def describe_every_kind_of_rule(original: Any, rule: SecurityGroupRule) -> str | None:
    """moto returns a rule's description only when its peer is a CIDR.

    EC2 returns it for rules with a security group or a prefix list as their peer too.
    """
    return original(rule) or rule.source_group.get("Description") or rule.prefix_list_description


@wrap(SecurityGroupBackend, "modify_security_group_rules")
def change_every_kind_of_rule(
    original: Any, backend: SecurityGroupBackend, group_id: str, rules: dict[str, dict[str, Any]]
) -> None:
    """moto refuses to modify a rule for all protocols (it wants ports), and modifies IPv4 rules only.

    EC2 takes a rule for all protocols without ports, and changes IPv6 ranges, prefix lists, referenced security
    groups and the description of each. A request describes the whole rule: without a description it has none.
    """
    for sent in rules.values():
        if sent.get("IpProtocol") == "-1":
            sent.setdefault("FromPort", ALL_PORTS)
            sent.setdefault("ToPort", ALL_PORTS)
    original(backend, group_id, rules)

    group = backend.get_security_group_by_name_or_id(group_id)
    for rule_id, sent in rules.items():
        rule = group.get_rule(rule_id)
        description = {"Description": sent["Description"]} if sent.get("Description") else {}
        if "PrefixListId" in sent:
            rule.ip_range = {}
            rule.prefix_list_id, rule.prefix_list_description = sent["PrefixListId"], sent.get("Description")
        elif "ReferencedGroupId" in sent:
            rule.ip_range = {}
            peer = {key: value for key, value in rule.source_group.items() if key != "Description"}
            rule.source_group = {**peer, "GroupId": sent["ReferencedGroupId"], **description}
        else:
            family = "CidrIp" if "CidrIpv4" in sent else "CidrIpv6"
            rule.ip_range = {family: sent.get("CidrIpv4") or sent["CidrIpv6"], **description}
