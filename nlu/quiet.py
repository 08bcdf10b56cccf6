"""How Rasa is kept from calling home, from talking much and from taking every processor."""

from __future__ import annotations

import logging
import os
import re
import warnings
from typing import Any, Callable

_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "LOG_LEVEL_LIBRARIES": "ERROR",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    # Our own fingerprint decides what is trained; Rasa's cache would only fill the disk.
    "RASA_MAX_CACHE_SIZE": "0",
    # One message at a time: more threads only fight over the processors.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
#: A slash in an intent is where our leaf stands; no response is ever selected by it.
_LEAF_IS_NO_RESPONSE = re.compile(
    r"Your training data contains an example|You have defined training data with examples for"
    r"|The following duplicated intents have been found across multiple domain files"
    r"|Action 'utter_\w+' is listed as a response action"
)


def _is_noise(message: Any, category: type[Warning]) -> bool:
    # Rasa 3.6 and what it pins are full of these, and nobody here can mend them.
    if issubclass(category, (DeprecationWarning, PendingDeprecationWarning)):
        return True
    return bool(_LEAF_IS_NO_RESPONSE.match(str(message)))


def _without_noise(show: Callable[..., None]) -> Callable[..., None]:
    """Filters would not do: Rasa and its libraries set their own, later than any of ours."""

    def show_rest(message: Any, category: type[Warning], *rest: Any, **more: Any) -> None:
        if not _is_noise(message, category):
            show(message, category, *rest, **more)

    return show_rest


def settle() -> None:
    """Must run before Rasa, numpy or TensorFlow is imported; a second time changes nothing."""
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    if warnings.showwarning.__name__ != "show_rest":
        warnings.showwarning = _without_noise(warnings.showwarning)


def hush_rasa() -> None:
    """For callers of Rasa's Python API, which leaves its logging at its loudest."""
    from rasa.utils.common import configure_logging_and_warnings  # slow import
    from rasa.utils.log_utils import configure_structlog  # slow import

    configure_logging_and_warnings(log_level=logging.WARNING, warn_only_once=True)
    configure_structlog(logging.WARNING)
