"""How Rasa is kept from calling home, from talking much and from taking every processor."""

from __future__ import annotations

import os
import warnings

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


def settle() -> None:
    """Must run before Rasa, numpy or TensorFlow is imported."""
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    # Rasa 3.6 and what it pins are full of these, and nobody here can mend them.
    warnings.simplefilter("ignore", DeprecationWarning)
    warnings.simplefilter("ignore", PendingDeprecationWarning)
