"""Find or fetch what the environments are built with: uv, a Python, a browser and its fonts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".venv-tools"
UV_PINS = ROOT / "scripts" / "uv.lock.txt"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts")
CJK_FONTS = ("*CJK*", "PingFang*", "wqy-*", "SourceHan*")
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
}
QUIET_STEP = 15.0


class BootstrapError(Exception):
    """Something is missing that cannot be installed from here; the message says what to do."""


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def run_with_progress(label: str, command: list[str], *, attempts: int = 1, hint: str = "") -> None:
    """Run a command silently, showing that it is alive and how long it took."""
    say(f"{label} …")
    started = time.monotonic()
    for attempt in range(1, attempts + 1):
        done = threading.Event()
        ticker = threading.Thread(target=_tick, args=(label, started, done), daemon=True)
        ticker.start()
        try:
            result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        finally:
            done.set()
            ticker.join()
        if result.returncode == 0:
            say(f"{label}: {time.monotonic() - started:.1f} s")
            return
        if attempt < attempts:
            say(f"{label}: attempt {attempt} failed, trying again")
            if "certificate" in result.stderr:
                _trust_the_system()
            time.sleep(2)
    detail = (result.stderr.strip() or result.stdout.strip())[-3000:]
    message = f"{label} failed:\n  {' '.join(command)}\n{detail}\n{hint}".rstrip()
    raise BootstrapError(message)


def _tick(label: str, started: float, done: threading.Event) -> None:
    live = sys.stdout.isatty()
    while not done.wait(1.0 if live else QUIET_STEP):
        seconds = f"{time.monotonic() - started:.0f} s"
        print(f"\r  {label} {seconds} " if live else f"  {label}, {seconds} so far",
              end="" if live else "\n", flush=True)  # fmt: skip
    if live:
        print("\r\033[K", end="", flush=True)


def _trust_the_system() -> None:
    """Behind a proxy with an authority of its own, the system's certificates know it."""
    for name in ("UV_SYSTEM_CERTS", "UV_NATIVE_TLS"):
        os.environ.setdefault(name, "true")
    if SYSTEM_CERTIFICATES.exists():
        os.environ.setdefault("PIP_CERT", str(SYSTEM_CERTIFICATES))


def adopt_pip_settings() -> None:
    """Let uv use the index and the certificates pip was told to use; it does not read pip's files.

    Hashes are required everywhere, so it does not matter which index serves a package.
    """
    if any(name.startswith(("UV_INDEX", "UV_DEFAULT_INDEX")) for name in os.environ):
        return
    listing = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    for line in listing.stdout.splitlines():
        name, _, value = line.partition("=")
        setting = PIP_TO_UV.get(name.rpartition(".")[2])
        if setting:
            os.environ.setdefault(setting, value.strip("'\""))
    os.environ.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")


def _answers(executable: str | Path) -> bool:
    """Say whether a command really runs; a pyenv shim may exist and still refuse."""
    try:
        check = subprocess.run(
            [str(executable), "--version"], cwd=ROOT, capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return check.returncode == 0


def find_uv() -> str:
    """Return a working uv: the caller's own, else one kept in `.venv-tools`."""
    on_path = shutil.which("uv")
    if on_path and _answers(on_path):
        return on_path
    kept = (TOOLS / "bin" / "uv", TOOLS / "pip" / "bin" / "uv")
    for candidate in kept:
        if candidate.exists() and _answers(candidate):
            return str(candidate)
    _install_uv()
    for candidate in kept:
        if candidate.exists() and _answers(candidate):
            return str(candidate)
    message = (
        "uv was installed into .venv-tools but does not start; remove the folder and try again"
    )
    raise BootstrapError(message)


def _install_uv() -> None:
    pip_install = ["-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(UV_PINS)]
    if _make_tools_venv():
        run_with_progress("Fetching uv", [str(TOOLS / "bin" / "python"), *pip_install], attempts=2)
        return
    if _has_module("pip"):
        target = ["--target", str(TOOLS / "pip")]
        run_with_progress("Fetching uv", [sys.executable, *pip_install, *target], attempts=2)
        return
    message = (
        "This Python has neither venv nor pip, so uv cannot be fetched.\n"
        "  Debian/Ubuntu: sudo apt-get install -y python3-venv\n"
        "  or put uv on the PATH, then run the same command again."
    )
    raise BootstrapError(message)


def _make_tools_venv() -> bool:
    if not _has_module("ensurepip") and can_apt():
        apt_install("python3-venv")
    if not _has_module("ensurepip"):
        return False
    shutil.rmtree(TOOLS, ignore_errors=True)
    run_with_progress("Making .venv-tools", [sys.executable, "-m", "venv", str(TOOLS)])
    return True


def _has_module(name: str) -> bool:
    probe = [sys.executable, "-c", f"import {name}"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def find_python(version_file: Path) -> str:
    """Return the interpreter a `.python-version` file asks for, or its version for uv to fetch.

    pyenv chooses by the file beside which a command runs, so its shim is asked from there.
    """
    version = version_file.read_text(encoding="utf-8").strip()
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    kept = sorted(pyenv.glob(f"versions/{version}*/bin/python{version}"))
    for candidate in (f"python{version}", *map(str, reversed(kept))):
        try:
            found = subprocess.run(
                [candidate, "-c", "import sys; print(sys.executable)"],
                cwd=version_file.parent, capture_output=True, text=True, timeout=30, check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            continue
        if found.returncode == 0:
            return found.stdout.strip()
    return version


def can_apt() -> bool:
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def apt_install(*packages: str) -> None:
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    try:
        run_with_progress("Refreshing the package lists", [*quiet, "update"])
    except BootstrapError as error:
        say(f"{str(error).splitlines()[0]} going on with the lists at hand")
    install = [*quiet, "install", "--no-install-recommends", *packages]
    run_with_progress(f"Installing {' '.join(packages)}", install, attempts=2)


def find_browser() -> str | None:
    chosen = os.environ.get("LINLI_CHROMIUM")
    if chosen:
        return chosen
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def has_cjk_fonts() -> bool:
    homes = [Path(folder) for folder in FONT_FOLDERS]
    homes += [Path.home() / ".fonts", Path.home() / ".local/share/fonts"]
    return any(
        next(home.rglob(pattern), None) for home in homes if home.is_dir() for pattern in CJK_FONTS
    )


def ensure_compiler() -> None:
    """A C compiler, for the power cuts of `tests/chaos`."""
    if shutil.which("cc") is not None:
        return
    if not can_apt():
        message = (
            "The power cuts of tests/chaos need a C compiler, and this user cannot install one.\n"
            "  Debian/Ubuntu: sudo apt-get install -y gcc libc6-dev\n"
            "  elsewhere: put one on the PATH under the name cc."
        )
        raise BootstrapError(message)
    apt_install("gcc", "libc6-dev")


def ensure_browser() -> None:
    """Chromium and Chinese fonts for the journeys, from the system's own packages."""
    missing = []
    if find_browser() is None:
        missing.append("chromium")
    if not has_cjk_fonts():
        missing.append("fonts-noto-cjk")
    if not missing:
        return
    if not can_apt():
        message = (
            f"The browser tests need {' and '.join(missing)}, and this user cannot install it.\n"
            f"  Debian/Ubuntu: sudo apt-get install -y {' '.join(missing)}\n"
            "  elsewhere: install Chromium (LINLI_CHROMIUM names its executable) "
            "and a Chinese font."
        )
        raise BootstrapError(message)
    apt_install(*missing)
