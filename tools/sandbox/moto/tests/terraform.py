"""Runs Terraform with the real AWS provider against a server."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SYSTEM_FOLDERS = ("/opt", "/usr/local/lib", "/usr/local/share", "/usr/share")
REGION = "ap-northeast-1"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": REGION}


def plugin_mirror() -> str | None:
    """The folder of Terraform providers on this machine, where there is one."""
    named = os.environ.get("TF_PLUGIN_MIRROR")
    folders = [named] if named else [f"{folder}/tf-plugins" for folder in SYSTEM_FOLDERS]
    return next((folder for folder in folders if Path(folder).is_dir()), None)


@dataclass(frozen=True)
class Run:
    """What one Terraform command did."""

    code: int
    output: str


class Terraform:
    """One root module, of copies of some files, in a folder of its own."""

    def __init__(self, folder: Path, url: str, *files: Path) -> None:
        folder.mkdir()
        for file in files:
            shutil.copy(file, folder)
        self.folder = folder
        self._environment = self._clean_environment(url)

    def init(self, *arguments: str) -> Run:
        return self._run("init", *arguments)

    def apply(self, **variables: Any) -> Run:
        return self._run("apply", "-auto-approve", *_flags(variables))

    def destroy(self, **variables: Any) -> Run:
        return self._run("destroy", "-auto-approve", *_flags(variables))

    def plan(self, **variables: Any) -> Run:
        """Code 0: nothing to change; 2: something; 1: an error."""
        return self._run("plan", "-detailed-exitcode", "-out=plan", *_flags(variables))

    def planned_changes(self) -> dict[str, Any]:
        """Address and change of each resource that the last plan would touch."""
        plan = json.loads(self._run("show", "-json", "plan").output)
        return {
            resource["address"]: resource["change"]
            for resource in plan.get("resource_changes", [])
            if resource["change"]["actions"] not in (["no-op"], ["read"])
        }

    def _run(self, *arguments: str) -> Run:
        command = ["terraform", arguments[0], *arguments[1:]]
        if arguments[0] != "show":
            command.insert(2, "-input=false")
            command.insert(3, "-no-color")
        done = subprocess.run(command, cwd=self.folder, env=self._environment, capture_output=True, text=True)
        return Run(done.returncode, done.stdout if arguments[0] == "show" else done.stdout + done.stderr)

    def _clean_environment(self, url: str) -> dict[str, str]:
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("AWS_", "TF_")) or name == "TF_CLI_CONFIG_FILE"
        }
        configuration = environment.get("TF_CLI_CONFIG_FILE")
        if configuration and not Path(configuration).is_file():
            del environment["TF_CLI_CONFIG_FILE"]
        if "TF_CLI_CONFIG_FILE" not in environment and (mirror := plugin_mirror()):
            configuration_file = self.folder / "terraform.rc"
            configuration_file.write_text(
                f'provider_installation {{\n  filesystem_mirror {{ path = "{mirror}" }}\n}}\n'
            )
            environment["TF_CLI_CONFIG_FILE"] = str(configuration_file)
        return {**environment, **CREDENTIALS, "AWS_ENDPOINT_URL": url, "CHECKPOINT_DISABLE": "1"}


def _flags(variables: dict[str, Any]) -> list[str]:
    return [f"-var={name}={json.dumps(value)}" for name, value in variables.items()]
