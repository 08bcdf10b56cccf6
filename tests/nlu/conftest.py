"""Quiet Rasa before anything imports it, and one trained model for all who need one."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

try:
    import rasa  # noqa: F401
except ImportError:  # the root environment has no Rasa
    collect_ignore_glob = ["test_*.py"]
else:
    from nlu import quiet

    quiet.settle()


@pytest.fixture(scope="session")
def parser():
    """The model for the present data; trained on first use, kept under var/ like the launcher's."""
    from nlu.evaluation.parser import Parser
    from nlu.train import train

    return Parser(train(ROOT / "var" / "models"))
