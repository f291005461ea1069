"""Each gap of moto, closed here and still open in moto itself."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError

from demarc_moto import SWITCHES
from demarc_moto.patching import applied

from .checks import CHECKS, Check
from .servers import FOLDER

every_gap = pytest.mark.parametrize("check", CHECKS, ids=[check.run.__name__ for check in CHECKS])


@every_gap
def test_the_local_aws_does_as_aws_does(check: Check, local_aws_url: str, clients: Callable[[str], Any]) -> None:
    check.run(clients(local_aws_url))


@every_gap
def test_moto_itself_still_has_the_gap(check: Check, bare_moto_url: str, clients: Callable[[str], Any]) -> None:
    with pytest.raises((AssertionError, ClientError, KeyError, ResponseParserError)):
        check.run(clients(bare_moto_url))


def test_every_patch_and_switch_has_a_check() -> None:
    checked = {patch for check in CHECKS for patch in check.patches}
    assert checked == {*applied, *SWITCHES}


def test_the_readme_names_every_patch_and_switch() -> None:
    readme = (FOLDER / "README.md").read_text()
    assert {name for name in {*applied, *SWITCHES} if name not in readme} == set()
