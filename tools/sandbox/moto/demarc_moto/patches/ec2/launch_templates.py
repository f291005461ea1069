"""Launch templates as EC2 keeps them."""

from typing import Any

from moto.ec2.models.launch_templates import LaunchTemplate, LaunchTemplateBackend, LaunchTemplateVersion

from ...patching import wrap


@wrap(LaunchTemplateVersion, "__init__")
def keep_template_tags_out_of_versions(
    original: Any, version: LaunchTemplateVersion, template: Any, number: int, data: dict[str, Any], description: str
) -> None:
    """moto writes the tags of the launch template itself into its first version, as a tag_specification that
    Terraform then plans to remove.

    A version's TagSpecifications are for what is launched from it and never name the type launch-template.
    """
    specifications = [
        specification
        for specification in data.pop("TagSpecifications", [])
        if specification["ResourceType"] != "launch-template"
    ]
    if specifications:
        data["TagSpecifications"] = specifications
    original(version, template, number, data, description)


@wrap(LaunchTemplateBackend, "describe_launch_templates")
def return_the_tags_of_today(original: Any, backend: LaunchTemplateBackend, *args: Any, **kwargs: Any) -> Any:
    """moto returns a launch template's tags as they were when it was made; EC2 returns them as they are."""
    templates: list[LaunchTemplate] = original(backend, *args, **kwargs)
    for template in templates:
        template.tags = template.get_tags()
    return templates
