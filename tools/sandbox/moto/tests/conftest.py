import functools
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

sys.path.insert(0, str(Path(__file__).parent.parent))

from .rehearsal import STACKS, Rehearsal, rehearse
from .servers import bare_moto, local_aws

ONE_TRY = Config(retries={"total_max_attempts": 1})


@pytest.fixture(scope="session", autouse=True)
def rehearsals(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[Rehearsal]]]:
    """By stack. They start before any test and run beside the others, because Terraform mostly waits."""
    is_wanted = any("rehearsal" in getattr(item, "fixturenames", ()) for item in request.session.items)
    wanted = STACKS.values() if is_wanted else ()
    folder = tmp_path_factory.mktemp("stacks")
    with ThreadPoolExecutor() as threads:
        yield {stack.name: threads.submit(rehearse, stack, folder / stack.name) for stack in wanted}


@pytest.fixture(scope="session")
def local_aws_url() -> Iterator[str]:
    with local_aws() as url:
        yield url


@pytest.fixture(scope="session")
def bare_moto_url() -> Iterator[str]:
    with bare_moto() as url:
        yield url


@pytest.fixture(scope="session")
def clients() -> Callable[[str], Callable[..., Any]]:
    """Gives, for a server's URL, a factory of boto3 clients that try each request once."""
    session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test")

    @functools.cache
    def client(url: str, service: str, region: str) -> Any:
        return session.client(service, region_name=region, endpoint_url=url, config=ONE_TRY)

    return lambda url: lambda service, region="ap-northeast-1": client(url, service, region)
