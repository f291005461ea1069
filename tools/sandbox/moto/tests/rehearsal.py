"""Takes a stack through its whole life, against a local AWS of its own."""

import json
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3

from .servers import local_aws
from .terraform import REGION, Run, Terraform

FOLDER = Path(__file__).parent / "stacks"


@dataclass(frozen=True)
class Stack:
    """A root module under `stacks`, and how it is changed in the middle of its life."""

    name: str
    changed: dict[str, Any]
    """Variables that describe it after the change."""
    change: Callable[[Terraform, str], Run]
    """Brings the change about, given the server's URL."""


def _revise(terraform: Terraform, _url: str) -> Run:
    return terraform.apply(revision=2)


def _keep_insights_for_longer(_terraform: Terraform, url: str) -> Run:
    # Not by Terraform, which would wait 80 s: that the provider reads what was changed is what matters.
    rds = boto3.client(
        "rds", region_name=REGION, endpoint_url=url, aws_access_key_id="test", aws_secret_access_key="test"
    )
    rds.modify_db_instance(DBInstanceIdentifier="database", PerformanceInsightsRetentionPeriod=31)
    return Run(0, "")


STACKS = {
    stack.name: stack
    for stack in (
        Stack("apis", {"revision": 2}, _revise),
        Stack("database", {"insights_retention_days": 31}, _keep_insights_for_longer),
        Stack("foundation", {"revision": 2}, _revise),
    )
}


@dataclass
class Rehearsal:
    """What was seen on the way; a step that was not reached has no entry."""

    stack: str
    runs: dict[str, Run] = field(default_factory=dict)
    """Terraform's answer to each step."""
    plans: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Changes planned by address, after the steps apply and change."""
    inventories: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What the local AWS held after the steps apply and destroy."""

    def __repr__(self) -> str:
        failed = [f"--- {step}: exit {run.code}\n{run.output}" for step, run in self.runs.items() if run.code]
        return "\n".join([f"rehearsal of {self.stack}", *failed])


def rehearse(stack: Stack, folder: Path) -> Rehearsal:
    """Apply, plan, change, plan, destroy."""
    rehearsal = Rehearsal(stack.name)
    with local_aws() as url:
        terraform = Terraform(folder, url, FOLDER / "versions.tf", FOLDER / f"{stack.name}.tf")
        steps: list[tuple[str, Callable[[], Run], str | None]] = [
            ("init", terraform.init, None),
            ("apply", terraform.apply, None),
            ("plan", terraform.plan, "apply"),
            ("change", lambda: stack.change(terraform, url), None),
            ("plan the changed", lambda: terraform.plan(**stack.changed), "change"),
            ("destroy", lambda: terraform.destroy(**stack.changed), None),
        ]
        for name, run, planned_after in steps:
            rehearsal.runs[name] = run()
            if rehearsal.runs[name].code == 1:
                break
            if planned_after:
                rehearsal.plans[planned_after] = terraform.planned_changes()
            if name in ("apply", "destroy"):
                rehearsal.inventories[name] = inventory_of(url)
    return rehearsal


def inventory_of(url: str) -> dict[str, Any]:
    """What the server at `url` holds."""
    with urllib.request.urlopen(f"{url}/_sandbox/inventory") as answer:
        inventory: dict[str, Any] = json.load(answer)
        return inventory
