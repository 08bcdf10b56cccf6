"""Which model is the one to serve: a pointer beside the models, written whole or not at all."""

import os
from pathlib import Path

POINTER = "current"


class ModelFolder:
    """The folder of trained models. `current` names one of them, a line of text."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self._pointer = folder / POINTER

    def current(self) -> Path | None:
        """The model that is pointed to; None when nothing is, or when it is not there any more."""
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except OSError:
            return None
        model = self.path / name
        return model if name and model.parent == self.path and model.is_file() else None

    def make_current(self, model: Path) -> None:
        """Point to a model of this folder.

        Raises:
            ValueError: it is not in this folder.
        """
        if model.parent.resolve() != self.path.resolve() or not model.is_file():
            raise ValueError(f"{model.name} is not in {self.path}")
        written = self.path / f".{POINTER}.{os.getpid()}"
        with written.open("w", encoding="utf-8") as file:
            file.write(f"{model.name}\n")
            file.flush()
            os.fsync(file.fileno())
        written.replace(self._pointer)

    def models(self) -> list[Path]:
        """Every model there is, the newest first."""
        found = self.path.glob("*.tar.gz") if self.path.is_dir() else ()
        return sorted(found, key=lambda model: model.stat().st_mtime, reverse=True)
