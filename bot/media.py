"""Photos: whatever comes in leaves as a clean JPEG or PNG, made by a process with little to lose.

Run as a program this file re-encodes one picture; the rest of it starts that program. Nothing of
the original file is kept: no metadata, no trailing bytes, no second picture.
"""

import asyncio
import contextlib
import hashlib
import json
import os
import resource
import secrets
import sys
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageCms, ImageOps

MOST_BYTES: Final = 12 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
LONG_SIDE: Final = 2048
THUMB_SIDE: Final = 480
#: Seconds a picture may take altogether, and of processor time.
PATIENCE: Final = 25.0
CPU_SECONDS: Final = 15
MEMORY: Final = 1536 * 1024 * 1024
#: Pictures worked on at the same time.
AT_ONCE: Final = 2
#: What this program answers to a picture it cannot take.
REFUSED: Final = 3

_HEIC_BRANDS: Final = (b"heic", b"heix", b"mif1", b"msf1", b"hevc")


class UnusablePicture(Exception):
    """The file is no picture of a kind we take, or there is too much of it."""


@dataclass(frozen=True)
class Kept:
    """A stored picture."""

    id: str
    media_type: str
    width: int
    height: int
    size: int
    sha256: str


class Workshop:
    """Re-encodes pictures, a few at a time, each in a process of its own."""

    def __init__(self, media_dir: Path) -> None:
        self._media_dir = media_dir
        self._places = asyncio.Semaphore(AT_ONCE)

    async def keep(self, source: Path) -> Kept:
        """Store a clean copy and a small one under a new random id.

        Raises:
            UnusablePicture: it cannot be taken.
        """
        attachment_id = secrets.token_urlsafe(18)
        target = _place(self._media_dir, attachment_id)
        await asyncio.to_thread(target.parent.mkdir, parents=True, exist_ok=True)
        async with self._places:
            facts = await _run(source, target)
        return Kept(id=attachment_id, **facts)


async def _run(source: Path, target: Path) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(Path(__file__)),
        str(source),
        str(target),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
    )
    try:
        async with asyncio.timeout(PATIENCE):
            said, _ = await process.communicate()
    except (TimeoutError, asyncio.CancelledError) as error:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        if isinstance(error, asyncio.CancelledError):
            raise
        raise UnusablePicture from error
    if process.returncode != 0:
        raise UnusablePicture
    facts: dict[str, Any] = json.loads(said)
    return facts


def files_of(media_dir: Path, attachment_id: str) -> tuple[Path, Path]:
    """Where a picture and its small copy lie."""
    place = _place(media_dir, attachment_id)
    return place, place.with_name(place.name + ".thumb")


def remove(media_dir: Path, attachment_ids: Iterable[str]) -> None:
    """Delete pictures and their small copies; what is gone already does not matter."""
    for attachment_id in attachment_ids:
        for path in files_of(media_dir, attachment_id):
            path.unlink(missing_ok=True)


def _place(media_dir: Path, attachment_id: str) -> Path:
    """Spread over folders by a hash, because ids may begin with a dash or differ by case."""
    name = hashlib.sha256(attachment_id.encode()).hexdigest()
    return media_dir / name[:2] / name


# -- the program -----------------------------------------------------------------------------


def kind_of(head: bytes) -> str | None:
    """The format by its first bytes; names and declared types mean nothing."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "GIF"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "HEIF"
    return None


def reencode(source: Path, target: Path) -> dict[str, Any]:
    """Write the clean picture to `target` and the small one beside it.

    Raises:
        UnusablePicture: it cannot be taken.
    """
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        picture = _clean(source)
    except (OSError, ValueError, SyntaxError, MemoryError, Warning, ArithmeticError) as error:
        raise UnusablePicture from error
    except Image.DecompressionBombError as error:
        raise UnusablePicture from error
    media_type = _type_for(picture)
    raw = _encoded(picture, media_type)
    small = picture.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS)
    _write(target.with_name(target.name + ".thumb"), _encoded(small, media_type))
    _write(target, raw)
    return {
        "media_type": media_type,
        "width": picture.width,
        "height": picture.height,
        "size": len(raw),
        "sha256": hashlib.sha256(raw).hexdigest(),
    }


def _clean(source: Path) -> Image.Image:
    """The pixels, upright, in sRGB, of bearable size, and nothing else."""
    with source.open("rb") as file:
        kind = kind_of(file.read(16))
    if kind is None or kind not in _readable():
        raise UnusablePicture
    with Image.open(source, formats=[kind]) as opened:
        width, height = opened.size
        if not 0 < width * height <= MOST_PIXELS:
            raise UnusablePicture
        if kind == "JPEG":
            opened.draft("RGB", (LONG_SIDE, LONG_SIDE))
        opened.seek(0)
        opened.load()
        upright = ImageOps.exif_transpose(opened)
    picture = _in_srgb(upright)
    picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare


def _readable() -> set[str]:
    Image.init()
    return set(Image.OPEN)


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return picture.convert(mode)
    try:
        converted = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=mode if picture.mode == "RGBA" else "RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture.convert(mode)
    return (converted or picture).convert(mode)


def _type_for(picture: Image.Image) -> str:
    """PNG where something shines through, else JPEG."""
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() != (255, 255):
        return "image/png"
    return "image/jpeg"


def _encoded(picture: Image.Image, media_type: str) -> bytes:
    raw = BytesIO()
    if media_type == "image/png":
        picture.save(raw, "PNG", optimize=True)
    else:
        picture.convert("RGB").save(raw, "JPEG", quality=85, optimize=True, progressive=True)
    return raw.getvalue()


def _write(path: Path, raw: bytes) -> None:
    """Complete or not at all, and still there after a power cut."""
    half = path.with_name(path.name + ".half")
    with half.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def main() -> int:
    """Re-encode `argv[1]` to `argv[2]` within hard bounds; the facts go to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        facts = reencode(Path(sys.argv[1]), Path(sys.argv[2]))
    except UnusablePicture:
        return REFUSED
    sys.stdout.write(json.dumps(facts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
