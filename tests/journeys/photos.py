"""Photos as phones make them: with the place they were taken at."""

from io import BytesIO

from PIL import Image
from PIL.ExifTags import IFD, Base

GPS = {1: "N", 2: (22.0, 35.0, 27.96), 3: "E", 4: (113.0, 5.0, 34.8)}


def photo_with_gps(colour: str = "grey", size: tuple[int, int] = (640, 480)) -> bytes:
    image = Image.new("RGB", size, colour)
    exif = Image.Exif()
    exif[Base.Make] = "Phone"
    exif.get_ifd(IFD.GPSInfo).update(GPS)
    raw = BytesIO()
    image.save(raw, "JPEG", exif=exif)
    assert has_gps(raw.getvalue())
    return raw.getvalue()


def has_gps(raw: bytes) -> bool:
    return bool(Image.open(BytesIO(raw)).getexif().get_ifd(IFD.GPSInfo))


def remembers_its_camera(raw: bytes) -> bool:
    return bool(Image.open(BytesIO(raw)).getexif())
