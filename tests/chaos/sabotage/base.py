"""What a sabotage is: a few edits of a copy of the product, and the cheapest tests that see them."""

from dataclasses import dataclass
from pathlib import Path


class DoesNotFit(Exception):
    """What is to be replaced is not there any more, or there more than once."""


@dataclass(frozen=True)
class Edit:
    """`old` stands exactly once in the file."""

    file: str
    old: str
    new: str

    def applied(self, text: str) -> str:
        """Raises DoesNotFit."""
        if text.count(self.old) != 1:
            raise DoesNotFit(f"{self.file}: found {text.count(self.old)} times: {self.old[:60]!r}")
        return text.replace(self.old, self.new)


@dataclass(frozen=True)
class Variant:
    """`tests` must pass on the product as it is, and one of them must fail on this variant."""

    id: str
    what: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]

    def apply(self, root: Path) -> None:
        """Raises DoesNotFit."""
        for edit in self.edits:
            path = root / edit.file
            path.write_text(edit.applied(path.read_text("utf-8")), "utf-8")
