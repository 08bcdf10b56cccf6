"""Chromium from the system: one process a worker; every test talks to it from its own event loop."""

import os
import shutil
import tempfile
from pathlib import Path

from tests.servers.process import ServerError, ServerProcess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--headless=new",
    "--remote-debugging-port=0",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--hide-scrollbars",
    "--metrics-recording-only",
    "--mute-audio",
    "--no-default-browser-check",
    "--no-first-run",
    "--lang=zh-CN",
    # Only this machine: everything else goes to a proxy that is not there.
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=127.0.0.1;localhost;[::1]",
)


class ChromiumServer:
    """A running browser; `endpoint` is where Playwright connects to it."""

    def __init__(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="linli-chromium-"))
        self._process: ServerProcess | None = None

    def start(self) -> None:
        profile = self._home / "profile"
        command = [_program(), *ARGUMENTS, f"--user-data-dir={profile}", "about:blank"]
        self._process = ServerProcess(command, self._home / "log")
        self._process.wait_until(lambda: self._port_file.exists() and self._port() > 0)

    @property
    def _port_file(self) -> Path:
        return self._home / "profile" / "DevToolsActivePort"

    def _port(self) -> int:
        first, *_ = [*self._port_file.read_text().splitlines(), "0"]
        return int(first)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._port()}"

    def stop(self) -> None:
        if self._process is not None:
            self._process.stop()
        shutil.rmtree(self._home, ignore_errors=True)


def _program() -> str:
    chosen = os.environ.get("LINLI_CHROMIUM")
    found = chosen or next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        message = "Chromium is not installed; make test installs it where it may"
        raise ServerError(message)
    return found
