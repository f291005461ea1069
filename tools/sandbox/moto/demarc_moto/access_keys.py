"""What EKS has AWS check of a token behind the scenes: that whoever holds the access key has signed it."""

from moto.core.utils import utcnow
from moto.iam.models import iam_backends
from moto.sts.models import sts_backends


def access_key(access_key_id: str) -> dict[str, str] | None:
    """What IAM or STS gave with an access key, in the names of STS's API. None for a key that neither gave (moto takes any),
    and for that of a session that has ended."""
    sessions = (
        {"secretAccessKey": session.secret_access_key, "sessionToken": session.session_token}
        for partitions in sts_backends.values()
        for backend in partitions.values()
        for session in backend.assumed_roles
        if session.access_key_id == access_key_id and session.expiration > utcnow()
    )
    keys = (
        {"secretAccessKey": key.secret_access_key}
        for partitions in iam_backends.values()
        for backend in partitions.values()
        for user in backend.users.values()
        for key in user.access_keys
        if key.access_key_id == access_key_id
    )
    return next(sessions, None) or next(keys, None)
