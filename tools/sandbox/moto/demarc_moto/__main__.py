"""`python -m demarc_moto`: serve the local AWS until SIGINT or SIGTERM."""

import argparse
import logging
import os
import signal
import sys


def main() -> int:
    """Exit code: 0 after a signal, 1 when it cannot listen."""
    parser = argparse.ArgumentParser(prog="demarc_moto", description="the local AWS of the sandbox")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at: %(default)s, no other")
    parser.add_argument("--port", type=int, default=0, help="port to listen at; 0 takes a free one (default)")
    parser.add_argument("--log-requests", action="store_true", help="write a line for each request to stderr")
    options = parser.parse_args()

    logging.getLogger("werkzeug").setLevel(logging.INFO if options.log_requests else logging.ERROR)
    from .server import bind

    try:
        server = bind(options.host, options.port)
    except (ValueError, OSError) as fault:
        print(f"demarc_moto: cannot listen: {fault}", file=sys.stderr)
        return 1
    os.environ["MOTO_PORT"] = str(server.port)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    print(f"demarc_moto: listening on http://{options.host}:{server.port}", flush=True)
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
