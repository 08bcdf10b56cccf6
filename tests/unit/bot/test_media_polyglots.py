"""Files that are two things at once leave as one: pixels, and nothing that came beside them."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from bot import media

CANARY = b"CANARY-22.5901N-113.0908E"


def picture(kind: str, **more: object) -> bytes:
    raw = io.BytesIO()
    Image.new("RGB", (24, 16), (200, 10, 10)).save(raw, kind, **more)
    return raw.getvalue()


def archive() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("META-INF/MANIFEST.MF", CANARY)
    return raw.getvalue()


def segment(number: int, body: bytes) -> bytes:
    """A JPEG with one more segment behind its first bytes."""
    whole = picture("JPEG")
    return whole[:2] + bytes([0xFF, number]) + (len(body) + 2).to_bytes(2, "big") + body + whole[2:]


def many_frames() -> bytes:
    raw = io.BytesIO()
    frames = [Image.new("L", (2, 2), shade % 256) for shade in range(2000)]
    frames[0].save(raw, "GIF", save_all=True, append_images=frames[1:], optimize=False)
    return raw.getvalue() + CANARY


def thumbnail_in_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    return picture("JPEG", exif=exif.tobytes() + picture("JPEG") + CANARY)


POLYGLOTS: dict[str, Callable[[], bytes]] = {
    "GIF and archive": lambda: picture("GIF") + archive(),
    "PNG and archive": lambda: picture("PNG") + archive(),
    "JPEG and page": lambda: picture("JPEG") + b"<html><script>" + CANARY,
    "JPEG with a page in a comment": lambda: segment(0xFE, b"<script>" + CANARY),
    "JPEG with IPTC": lambda: segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04" + CANARY),
    "JPEG with XMP": lambda: segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + CANARY),
    "JPEG with another maker's notes": lambda: segment(0xEF, CANARY),
    "JPEG with a thumbnail": thumbnail_in_exif,
    "GIF of two thousand frames": many_frames,
    "WEBP and page": lambda: picture("WEBP") + b"<svg onload=alert(1)>" + CANARY,
}


@pytest.mark.parametrize("name", POLYGLOTS)
def test_nothing_leaves_but_the_pixels(name: str, tmp_path: Path) -> None:
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(POLYGLOTS[name]())

    facts = media.reencode(source, target)

    for kept in (target, target.with_name("out.thumb")):
        raw = kept.read_bytes()
        assert raw.startswith(b"\xff\xd8\xff") == (facts["media_type"] == "image/jpeg")
        for trace in (CANARY, b"<script", b"<svg", b"PK\x03\x04", b"Exif", b"8BIM", b"xap/1.0"):
            assert trace not in raw
        with Image.open(kept) as shown:
            assert getattr(shown, "n_frames", 1) == 1
            assert not set(shown.info) & {"exif", "xmp", "comment", "photoshop", "icc_profile"}
