"""IAM asked before a call is served: who calls, what it needs to be allowed, and on what.

The sandbox's judge decides. Without one (`DEMARC_JUDGE_URL` is not set, as in the tests of moto itself) all calls are served.
"""

from .hook import take_counts
from .identity import identity_of, session_of

__all__ = ["identity_of", "session_of", "take_counts"]
