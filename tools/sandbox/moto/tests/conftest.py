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

from .judge import Judge, serve_judge
from .rehearsal import STACKS, Rehearsal, rehearse
from .servers import bare_moto, local_aws

JUDGED_REGION = "eu-central-1"
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


@pytest.fixture(scope="module")
def running_judge() -> Iterator[Judge]:
    with serve_judge() as judge:
        yield judge


@pytest.fixture(scope="module")
def judged_url(running_judge: Judge) -> Iterator[str]:
    with local_aws({"DEMARC_JUDGE_URL": running_judge.url}) as url:
        yield url


@pytest.fixture
def judge(running_judge: Judge) -> Judge:
    running_judge.forget()
    return running_judge


@pytest.fixture(scope="module")
def administrator(judged_url: str) -> Callable[[str], Any]:
    """Clients with keys that nobody gave."""
    session = boto3.Session("test", "test", None, JUDGED_REGION)
    return lambda service: session.client(service, endpoint_url=judged_url, config=ONE_TRY)


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
