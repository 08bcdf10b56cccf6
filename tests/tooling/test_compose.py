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
    pairs = {f"{name}-{number}" for name in ("gateway", "actions", "rasa") for number in (1, 2)}

    assert set(SERVICES) == {"proxy", "postgres", "redis"} | pairs


@pytest.mark.parametrize("name", ["gateway", "actions"])
def test_both_of_a_pair_are_alike(name: str) -> None:
    assert SERVICES[f"{name}-1"] == SERVICES[f"{name}-2"]


def test_only_the_door_is_open_to_the_outside_and_every_gateway_stands_behind_it() -> None:
    gateways = {name for name in SERVICES if name.startswith("gateway")}

    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert set(SERVICES["proxy"]["depends_on"]) == gateways
    behind = SERVICES["proxy"]["environment"]["LINLI_GATEWAYS"].split()
    assert {each.partition(":")[0] for each in behind} == gateways
    address = SERVICES["proxy"]["networks"]["edge"]["ipv4_address"]
    assert {SERVICES[name]["environment"]["LINLI_TRUSTED_PROXIES"] for name in gateways} == {
        address
    }


@pytest.mark.parametrize("name", ["gateway-1", "actions-2"])
def test_all_of_a_kind_are_known_to_who_asks_them(name: str) -> None:
    environment = SERVICES[name]["environment"]

    for kind in ("rasa", "actions"):
        named = re.findall(rf"http://({kind}-\d):", environment[f"LINLI_{kind.upper()}_URL"])
        assert set(named) == {each for each in SERVICES if each.startswith(kind)}


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


@pytest.mark.parametrize("number", [1, 2])
def test_understanding_sees_no_database_no_channel_and_no_outside(number: int) -> None:
    rasa = SERVICES[f"rasa-{number}"]

    assert rasa["networks"] == ["talk"]
    assert COMPOSE["networks"]["talk"] == {"internal": True}
    assert set(rasa["environment"]) == {
        "LINLI_COMMUNITY",
        "LINLI_KNOWLEDGE",
        "LINLI_RASA_TOKEN",
        "LINLI_ACTIONS_URL",
    }
    assert [name for name in ("postgres", "redis") if "talk" in SERVICES[name]["networks"]] == []


@pytest.mark.parametrize("dockerfile", ["Dockerfile", "nlu/Dockerfile", "deploy/Dockerfile"])
def test_an_image_runs_unprivileged_and_holds_no_secret(dockerfile: str) -> None:
    steps = (ROOT / dockerfile).read_text(encoding="utf-8")

    assert re.findall(r"^USER (\w+)$", steps, re.MULTILINE) == ["linli"]
    assert not re.search(r"^(?:ARG|ENV) .*(?:TOKEN|SECRET|PASSWORD)", steps, re.MULTILINE)


@pytest.mark.parametrize("dockerfile", ["Dockerfile", "nlu/Dockerfile"])
def test_an_image_of_ours_is_made_from_its_lock(dockerfile: str) -> None:
    steps = (ROOT / dockerfile).read_text(encoding="utf-8")

    assert "--require-hashes /build/requirements.lock" in steps
