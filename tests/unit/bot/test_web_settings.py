"""What a cookie is called depends on where we run."""

from pathlib import Path

from bot.keys import WebSettings


def test_in_production_no_other_host_can_set_our_cookies() -> None:
    trial = WebSettings(media_dir=Path())
    production = WebSettings(media_dir=Path(), is_production=True)

    assert [each.cookie("linli-admin") for each in (trial, production)] == [
        "linli-admin",
        "__Host-linli-admin",
    ]
