"""A judge that says what a test tells it to, in place of the sandbox's."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Judge:
    """Remembers what it is asked, and refuses the actions that it is told to."""

    calls: list[dict[str, Any]] = field(default_factory=list)
    trust: list[dict[str, Any]] = field(default_factory=list)
    """What it is asked of roles' trust policies."""
    refuses: set[str] = field(default_factory=set)
    url: str = ""

    def decide(self, path: str, call: dict[str, Any]) -> dict[str, Any]:
        (self.trust if path == "/trust" else self.calls).append(call)
        asked = {*call.get("actions", ()), *(question["action"] for question in call.get("questions", ()))}
        if not asked & self.refuses:
            return {"outcome": "allowed"}
        return {"outcome": "refused", "refusal": {"message": "User: <ada> is not authorized to perform: it"}}

    def asked(self) -> list[dict[str, Any]]:
        """Questions of the last call."""
        questions: list[dict[str, Any]] = self.calls[-1]["questions"]
        return questions

    def forget(self) -> None:
        self.calls.clear()
        self.trust.clear()
        self.refuses.clear()


@contextmanager
def serve_judge() -> Iterator[Judge]:
    judge = Judge()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = json.dumps(judge.decide(self.path, call)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    judge.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield judge
    finally:
        server.shutdown()
