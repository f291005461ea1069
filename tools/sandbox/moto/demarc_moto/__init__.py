"""moto, completed where the AWS provider of Terraform needs more of AWS than moto gives.

Importing this package sets moto's switches and patches it. `python -m demarc_moto` serves it.
"""

import os
from importlib.metadata import version

MOTO_VERSION = "5.2.5"
"""The only version of moto that these patches are written for and tested against."""

if version("moto") != MOTO_VERSION:
    raise ImportError(
        f"demarc_moto patches moto {MOTO_VERSION}, but moto {version('moto')} is installed; "
        "install requirements.txt into a virtual environment of its own"
    )

SWITCHES = {
    # AWS issues a certificate once its DNS record is found. moto does not look for the record but waits this
    # many seconds; 60 by default.
    "MOTO_ACM_VALIDATION_WAIT": "0",
    # The policies that AWS manages; without them nothing can be attached by their ARNs.
    "MOTO_IAM_LOAD_MANAGED_POLICIES": "true",
}
"""Environment variables of moto, read when it is imported."""

os.environ.update(SWITCHES)

from . import patches  # noqa: E402 (moto reads the switches when it is imported)

__all__ = ["MOTO_VERSION", "SWITCHES", "patches"]
