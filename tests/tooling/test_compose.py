"""The compose file is valid, bounded, unprivileged and free of secrets."""

import re

import jsonschema
import pytest
import yaml

from check_secrets import ROOT

# Compose Specification, Apache-2.0, revision 170098ba07d9.
SCHEMA = ROOT / "tests" / "data" / "compose-spec.schema.json"
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
SECRET_NAME = re.compile(r"PASSWORD|SECRET|TOKEN|_KEY$|_AUTH$")
TAKEN_FROM_OUTSIDE = re.compile(r"^\$\{\w+:[?-][^}]*\}$")


def test_the_file_fits_the_compose_specification() -> None:
    schema = yaml.safe_load(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema)

    assert [error.message for error in validator.iter_errors(COMPOSE)] == []


def test_every_part_is_a_service() -> None:
    assert set(SERVICES) == {"gateway", "actions", "rasa", "postgres", "redis"}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_watched_bounded_and_unprivileged(name: str) -> None:
    service = SERVICES[name]

    assert service["healthcheck"]["test"][0] == "CMD"
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}
    assert re.fullmatch(r"\d+s", service["stop_grace_period"])
    assert service["user"].split(":")[0] not in {"", "0", "root"}
    assert service["cap_drop"] == ["ALL"]
    assert service["read_only"] is True


@pytest.mark.parametrize("name", SERVICES)
def test_a_secret_is_named_and_never_written(name: str) -> None:
    environment = SERVICES[name].get("environment", {})
    written = {
        key: value
        for key, value in environment.items()
        if SECRET_NAME.search(key) and not TAKEN_FROM_OUTSIDE.match(value)
    }

    assert written == {}


def test_understanding_sees_no_database_no_channel_and_no_outside() -> None:
    rasa = SERVICES["rasa"]

    assert rasa["networks"] == ["talk"]
    assert COMPOSE["networks"]["talk"] == {"internal": True}
    assert set(rasa["environment"]) == {
        "LINLI_COMMUNITY",
        "LINLI_KNOWLEDGE",
        "LINLI_RASA_TOKEN",
        "LINLI_ACTIONS_URL",
    }
    assert [name for name in ("postgres", "redis") if "talk" in SERVICES[name]["networks"]] == []


@pytest.mark.parametrize("dockerfile", ["Dockerfile", "nlu/Dockerfile"])
def test_an_image_runs_unprivileged_from_its_lock(dockerfile: str) -> None:
    steps = (ROOT / dockerfile).read_text(encoding="utf-8")

    assert re.findall(r"^USER (\w+)$", steps, re.MULTILINE) == ["linli"]
    assert "--require-hashes /build/requirements.lock" in steps
    assert not re.search(r"^(?:ARG|ENV) .*(?:TOKEN|SECRET|PASSWORD)", steps, re.MULTILINE)
