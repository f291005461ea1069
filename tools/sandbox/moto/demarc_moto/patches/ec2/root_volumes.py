"""Root volumes of instances as their images say."""

from typing import Any

from moto.ec2.responses.instances import InstanceResponse

from ...patching import wrap


@wrap(InstanceResponse, "_parse_block_device_mapping")
def start_a_root_volume_from_its_image(original: Any, request: InstanceResponse) -> list[dict[str, Any]]:
    """moto wants size or snapshot of each volume of an instance; EC2 takes the image's snapshot for the root volume,
    and what the request says beside it, such as that it is encrypted."""
    image_id = request._get_param("ImageId")
    images = request.ec2_backend.describe_images(ami_ids=[image_id]) if image_id else []
    for mapping in request._get_param("BlockDeviceMappings", []):
        volume = mapping.get("Ebs", {})
        if volume and not {"VolumeSize", "SnapshotId"} & volume.keys():
            for image in images:
                if image.root_device_name == mapping.get("DeviceName"):
                    volume["SnapshotId"] = image.ebs_snapshot.id
    return original(request)
