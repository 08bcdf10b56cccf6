"""`VapidKeys`: who rings. Made once, kept in the data directory, readable by us alone."""

import os
from contextlib import suppress
from pathlib import Path
from time import time
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02
from py_vapid.utils import b64urlencode

FILE = "vapid.pem"
#: Seconds a signed claim is good for; push services accept a day at most.
LIFETIME = 12 * 3600


class VapidKeys:
    def __init__(self, vapid: Vapid02, subject: str) -> None:
        self._vapid = vapid
        self._subject = contact(subject)

    @classmethod
    def load(cls, data_dir: Path, subject: str) -> "VapidKeys":
        """The keys of this data directory; the first call makes them.

        Args:
            data_dir: where they are kept.
            subject: how a push service reaches us: our public address or `mailto:…`.
        """
        path = data_dir / FILE
        if not path.exists():
            with suppress(FileExistsError):
                _create(path)
        return cls(Vapid02.from_pem(path.read_bytes()), subject)

    @property
    def public_key(self) -> str:
        """What a page passes to `pushManager.subscribe`."""
        point = self._vapid.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return str(b64urlencode(point))

    def authorization(self, origin: str) -> str:
        """The header that tells the push service at `origin` who we are."""
        claims = {"sub": self._subject, "aud": origin, "exp": int(time()) + LIFETIME}
        return str(self._vapid.sign(claims)["Authorization"])


def contact(subject: str) -> str:
    """The subject as push services take it: no port, no path, no plain http."""
    if subject.startswith("mailto:"):
        return subject
    host = urlsplit(subject).hostname or "localhost.invalid"
    return f"https://{host}" if subject.startswith("https:") else f"mailto:linli@{host}"


def _create(path: Path) -> None:
    """Written whole beside, then named: nobody ever reads half a key or a second one."""
    vapid = Vapid02()
    vapid.generate_keys()
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(vapid.private_pem())
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    finally:
        draft.unlink()
    _keep_names(path.parent)


def _keep_names(folder: Path) -> None:
    """A file that was synced is found again after a power cut once its folder was as well."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
