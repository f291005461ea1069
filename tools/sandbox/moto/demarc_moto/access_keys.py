"""What EKS has AWS check of a token behind the scenes: that whoever holds the access key has signed it."""

from moto.iam.models import iam_backends
from moto.sts.models import sts_backends


def secret_of(access_key_id: str) -> str | None:
    """The secret that IAM or STS gave with an access key. None for a key that neither made: moto takes any."""
    sessions = (
        session
        for partitions in sts_backends.values()
        for backend in partitions.values()
        for session in backend.assumed_roles
        if session.access_key_id == access_key_id
    )
    keys = (
        key
        for partitions in iam_backends.values()
        for backend in partitions.values()
        for user in backend.users.values()
        for key in user.access_keys
        if key.access_key_id == access_key_id
    )
    holder = next(sessions, None) or next(keys, None)
    return holder.secret_access_key if holder else None
