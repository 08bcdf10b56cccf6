"""Quiet Rasa before anything imports it, and one trained model for all who need one."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from nlu import quiet
from nlu.evaluation.parser import Parser
from nlu.train import model_file, train

VAR = Path(__file__).parents[2] / "var"

if find_spec("rasa") is None:  # the root environment
    collect_ignore_glob = ["test_*.py"]
else:
    quiet.settle()


def pytest_configure(config):
    config.addinivalue_line("markers", "model: needs a whole model, and trains one if none fits")


@pytest.fixture(scope="session")
def model():
    """The model for the present data: one that is there, else trained and kept for the launcher."""
    folders = [Path(os.environ.get("LINLI_DATA") or VAR) / "models", VAR / "models"]
    fitting = [model_file(folder) for folder in folders if model_file(folder).exists()]
    return fitting[0] if fitting else train(folders[0])


@pytest.fixture(scope="session")
def parser(model):
    return Parser(model)
