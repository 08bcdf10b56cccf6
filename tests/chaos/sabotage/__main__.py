"""`python -m tests.chaos.sabotage [ID …]`: every variant has to be caught; 1 when one is not.

Each is a copy of the last commit in a folder of its own; the working tree is left alone.
"""

import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from bot.launcher.welcome import say
from tests.chaos.sabotage.base import DoesNotFit, Variant
from tests.chaos.sabotage.variants import VARIANTS

ROOT: Final = Path(__file__).parents[3]
#: What pytest says when every test passed, and when some did not; anything else proves nothing.
PASSED, FAILED = 0, 1


def main() -> int:
    wanted = set(sys.argv[1:])
    variants = [each for each in VARIANTS if not wanted or each.id in wanted]
    if unknown := wanted - {each.id for each in variants}:
        say(f"no such variant: {', '.join(sorted(unknown))}")
        return 2
    with tempfile.TemporaryDirectory(prefix="linli-sabotage-") as folder:
        sound = _copy(Path(folder) / "sound")
        code, said = _run(sound, sorted({test for each in variants for test in each.tests}))
        if code != PASSED:
            say(f"the product itself does not pass, so nothing is shown:\n{said}")
            return 1
        caught = sum([_is_caught(each, Path(folder) / each.id) for each in variants])
    say(f"sabotage {len(variants)} caught {caught} survived {len(variants) - caught}")
    return 0 if caught == len(variants) else 1


def _is_caught(variant: Variant, folder: Path) -> bool:
    root = _copy(folder)
    try:
        variant.apply(root)
    except DoesNotFit as error:
        say(f"{variant.id:24} DOES NOT FIT  {error}")
        return False
    code, said = _run(root, variant.tests)
    shutil.rmtree(root)
    if code == FAILED:
        failing = [line for line in said.splitlines() if line.startswith("FAILED")]
        say(f"{variant.id:24} caught    {failing[0].split(' ')[1] if failing else ''}")
        return True
    say(f"{variant.id:24} {'SURVIVED' if code == PASSED else f'BROKEN ({code})'}  {variant.what}")
    if code != PASSED:
        say(said)
    return False


def _copy(folder: Path) -> Path:
    """The environments are used where they are."""
    folder.mkdir()
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True)
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
    return folder


def _run(root: Path, tests: Sequence[str]) -> tuple[int, str]:
    """One store is enough: what is sabotaged is the same on both."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    command += ["-k", "not postgresql", *tests]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr)[-3000:]


if __name__ == "__main__":
    sys.exit(main())
