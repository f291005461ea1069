"""Images that EC2 has and moto has never heard of."""

import re
from typing import Any

from moto.ec2.models.amis import Ami, AmiBackend

from ...patching import wrap

_ID = re.compile(r"ami-(?:[0-9a-f]{8}|[0-9a-f]{17})")
"""Ids of images that EC2 gives: 8 or 17 digits."""

_AMAZON_LINUX = {
    "architecture": "x86_64",
    "hypervisor": "xen",
    "root_device_name": "/dev/xvda",
    "root_device_type": "ebs",
    "virtualization_type": "hvm",
}


@wrap(AmiBackend, "describe_images")
def know_an_image_by_its_id(
    original: Any, ec2: Any, ami_ids: list[str] | None = None, *args: Any, **kwargs: Any
) -> list[Ami]:
    """moto knows some hundred images; EC2 has those of every account, and new ones each day. Whoever asks for an id
    of EC2's form gets an image as Amazon Linux is one: only AWS can tell whether it is there."""
    for ami_id in ami_ids or []:
        if _ID.fullmatch(ami_id) and ami_id not in {*ec2.amis, *ec2.deleted_amis}:
            ec2.amis[ami_id] = Ami(ec2, ami_id, owner_id="137112412989", owner_alias="amazon", **_AMAZON_LINUX)
    return original(ec2, ami_ids, *args, **kwargs)
