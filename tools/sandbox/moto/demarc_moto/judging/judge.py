"""The sandbox's judge, asked over connections that are kept."""

import http.client
import json
import os
from queue import Empty, LifoQueue
from typing import Any
from urllib.parse import urlsplit

URL = os.environ.get("DEMARC_JUDGE_URL")

_SECONDS = 60

# moto serves every connection in a thread of its own, and a caller's connection lives for one call: a pool, not one for each.
_idle: LifoQueue[http.client.HTTPConnection] = LifoQueue()


def decide(call: dict[str, Any]) -> dict[str, Any]:
    """The judge's decision of a call. ConnectionError or OSError where it does not answer: the call cannot be served then."""
    return _decision("/judge", call)


def decide_trust(call: dict[str, Any]) -> dict[str, Any]:
    """Likewise, of a request for a session of a role."""
    return _decision("/trust", call)


def _decision(path: str, call: dict[str, Any]) -> dict[str, Any]:
    body = json.dumps(call)
    try:
        return _ask(_idle.get_nowait(), path, body)
    except (Empty, http.client.HTTPException, ConnectionError):
        # Nothing is idle, or the judge has closed what was.
        return _ask(http.client.HTTPConnection(urlsplit(URL or "").netloc, timeout=_SECONDS), path, body)


def _ask(connection: http.client.HTTPConnection, path: str, body: str) -> dict[str, Any]:
    connection.request("POST", path, body)
    answer = connection.getresponse()
    decision: dict[str, Any] = json.loads(answer.read())
    if answer.status != 200:
        raise RuntimeError(f"the judge cannot read a call: {decision['message']}")
    _idle.put(connection)
    return decision
