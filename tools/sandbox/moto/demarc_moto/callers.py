"""Who may call a server that listens on this machine: its programs, and no web page that a browser here has open."""

import re
from collections.abc import Mapping
from typing import Any

_LOOPBACK_HOST = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?", re.IGNORECASE)


def problem_with_caller(environ: Mapping[str, Any]) -> str | None:
    """Why a request is refused; None where a program of this machine may have sent it.

    A page of another site reaches a loopback address by a name of its own that resolves to it (DNS rebinding): the name then
    stands in Host. Without that, its browser says where the request comes from, in Origin or Sec-Fetch-Site ("none" is a user
    who typed the address). No AWS SDK, Terraform or API server sends either; to an endpoint that is an IP address all of them
    write S3 buckets into the path.
    """
    host = environ.get("HTTP_HOST", "")
    if not _LOOPBACK_HOST.fullmatch(host):
        return f'the local AWS answers to 127.0.0.1, localhost and [::1] only; the request is for host "{host}"'
    origin = environ.get("HTTP_ORIGIN")
    if origin is not None:
        return f'the local AWS answers no web page; the request has the origin "{origin}"'
    if environ.get("HTTP_SEC_FETCH_SITE", "none") != "none":
        return "the local AWS answers no web page; a browser sent the request for one"
    return None
