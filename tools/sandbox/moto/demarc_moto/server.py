"""The server: moto's application, the inventory, and what moto cannot do told as an error that nobody retries."""

import json
import logging
import socket
import traceback
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment
from xml.sax.saxutils import escape

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import BaseWSGIServer, make_server

from .access_keys import access_key
from .callers import problem_with_caller
from .inventory import take_inventory
from .judging import identity_of, session_of, take_counts
from .web_identity import publish_keys

LOOPBACK = "127.0.0.1"
INVENTORY_PATH = "/_sandbox/inventory"
ACCESS_KEYS_PATH = "/_sandbox/access-keys/"
CALLS_PATH = "/_sandbox/calls"
ISSUER_KEYS_PATH = "/_sandbox/issuer-keys"
IDENTITIES_PATH = "/_sandbox/identities/"

log = logging.getLogger(__name__)


class Application:
    """moto's WSGI application, and the inventory beside it."""

    def __init__(self) -> None:
        self._moto = DomainDispatcherApplication(create_backend_app)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        problem = problem_with_caller(environ)
        if problem is not None:
            start_response("403 Forbidden", [("Content-Type", "text/plain")])
            return [f"{problem}\n".encode()]
        if environ["PATH_INFO"] == INVENTORY_PATH:
            return _answer_readable(take_inventory, environ, start_response)
        if environ["PATH_INFO"] == CALLS_PATH:
            return _answer_readable(take_counts, environ, start_response)
        if environ["PATH_INFO"].startswith(ACCESS_KEYS_PATH):
            return _answer_found(access_key(environ["PATH_INFO"].removeprefix(ACCESS_KEYS_PATH)), start_response)
        if environ["PATH_INFO"].startswith(IDENTITIES_PATH):
            session = session_of(environ["PATH_INFO"].removeprefix(IDENTITIES_PATH))
            return _answer_found(None if session is None else identity_of(session), start_response)
        if environ["PATH_INFO"] == ISSUER_KEYS_PATH:
            return _take_issuer_keys(environ, start_response)
        try:
            return self._moto(environ, start_response)
        except Exception as fault:
            log.error("%s %s\n%s", environ["REQUEST_METHOD"], environ["PATH_INFO"], traceback.format_exc())
            return _answer_fault(fault, environ, start_response)


def _answer_readable(
    take: Callable[[], dict[str, Any]], environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    if environ["REQUEST_METHOD"] != "GET":
        start_response("405 Method Not Allowed", [("Allow", "GET"), ("Content-Type", "text/plain")])
        return [f"{environ['PATH_INFO']} can only be read\n".encode()]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(take(), indent=2).encode()]


def _answer_found(found: dict[str, Any] | None, start_response: StartResponse) -> Iterable[bytes]:
    """Only to this machine, as all that this server tells: what it protects is not worth more."""
    start_response("404 Not Found" if found is None else "200 OK", [("Content-Type", "application/json")])
    return [json.dumps(found).encode()]


def _take_issuer_keys(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """From the EKS API, `{"issuer": "https://…", "keys": [JSON Web Keys]}`."""
    if environ["REQUEST_METHOD"] != "PUT":
        start_response("405 Method Not Allowed", [("Allow", "PUT"), ("Content-Type", "text/plain")])
        return [b"an issuer's keys can only be put\n"]
    published = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
    publish_keys(published["issuer"], published["keys"])
    start_response("204 No Content", [])
    return []


def _answer_fault(fault: Exception, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """moto lets its gaps and faults through as status 500, which the AWS SDKs retry 25 times, for minutes.

    501 ends the request at once. The body has the error where each protocol looks for it: JSON by its `__type`;
    in XML, S3 under the root, EC2 under Errors/Error, the others under Error.
    """
    message = f"the local AWS cannot do this: {type(fault).__name__}: {fault}"
    content_type = "text/xml"
    if "HTTP_X_AMZ_TARGET" in environ or "json" in environ.get("CONTENT_TYPE", ""):
        content_type = "application/json"
        body = json.dumps({"__type": "NotImplemented", "message": message})
    else:
        error = f"<Code>NotImplemented</Code><Message>{escape(message)}</Message>"
        body = f"<Error>{error}<Error>{error}</Error><Errors><Error>{error}</Error></Errors></Error>"
    headers = [("Content-Type", content_type), ("x-amzn-ErrorType", "NotImplemented")]
    start_response("501 Not Implemented", headers)
    return [body.encode()]


def bind(host: str, port: int) -> BaseWSGIServer:
    """A server that listens at `host`:`port` (0: a free one) and is not yet serving.

    ValueError for any host but 127.0.0.1; OSError when the port is taken.
    """
    if host != LOOPBACK:
        raise ValueError(f'"{host}" is refused: the local AWS checks no credentials and listens at {LOOPBACK} only')
    listener = socket.create_server((host, port))
    # make_server would end the process itself when the port is taken; it copies the descriptor that it is given.
    with listener:
        return make_server(
            host,
            listener.getsockname()[1],
            Application(),
            threaded=True,
            request_handler=MotoRequestHandler,
            fd=listener.fileno(),
        )
