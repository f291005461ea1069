"""Key rotation as AWS KMS keeps it."""

import json
from typing import Any

from moto.kms.responses import KmsResponse

from ..patching import wrap

DEFAULT_ROTATION_PERIOD_DAYS = 365
"""https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html"""


@wrap(KmsResponse, "enable_key_rotation")
def keep_the_rotation_period(original: Any, response: KmsResponse) -> str:
    """moto forgets RotationPeriodInDays; KMS keeps it, 365 where none was asked for."""
    answer: str = original(response)
    _key(response).rotation_period_in_days = response._get_param("RotationPeriodInDays") or DEFAULT_ROTATION_PERIOD_DAYS
    return answer


@wrap(KmsResponse, "get_key_rotation_status")
def return_the_rotation_period(original: Any, response: KmsResponse) -> str:
    """moto does not return RotationPeriodInDays; KMS does for a key that rotates."""
    status = json.loads(original(response))
    if status["KeyRotationEnabled"]:
        status["RotationPeriodInDays"] = getattr(
            _key(response), "rotation_period_in_days", DEFAULT_ROTATION_PERIOD_DAYS
        )
    return json.dumps(status)


def _key(response: KmsResponse) -> Any:
    backend = response.kms_backend
    return backend.keys[backend.get_key_id(response._get_param("KeyId"))]
