"""Starts the local AWS, and moto without our patches to compare it with."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

FOLDER = Path(__file__).parent.parent
START_SECONDS = 60

BARE_MOTO = """
import sys
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server
server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True,
                     request_handler=MotoRequestHandler)
print(f"moto: listening on http://127.0.0.1:{server.port}", flush=True)
server.serve_forever()
"""


@contextmanager
def local_aws(variables: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serves demarc_moto; gives its URL."""
    with _serve([sys.executable, "-m", "demarc_moto", "--port", "0"], variables) as url:
        yield url


@contextmanager
def bare_moto() -> Iterator[str]:
    """Serves moto as it is; gives its URL."""
    with _serve([sys.executable, "-c", BARE_MOTO]) as url:
        yield url


@contextmanager
def _serve(command: list[str], variables: Mapping[str, str] | None = None) -> Iterator[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MOTO_")} | dict(variables or {})
    process = subprocess.Popen(
        command, cwd=FOLDER, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip().rpartition(" ")[2]
        assert url, f"{command[:3]} ended before it listened"
        _wait_until_it_answers(url)
        yield url
    finally:
        process.terminate()
        process.wait()


def _wait_until_it_answers(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{url}/moto-api/config", timeout=START_SECONDS)
            return
        except ConnectionError:
            assert time.monotonic() < deadline, f"{url} does not answer"
            time.sleep(0.05)
