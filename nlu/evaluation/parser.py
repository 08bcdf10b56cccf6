"""A trained model that parses one message exactly as the server does."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict

from nlu import quiet


class Parser:
    """Loads the model once; needs no server."""

    def __init__(self, model: Path) -> None:
        quiet.settle()
        from rasa.core.agent import Agent  # slow import

        from nlu import rasa_patches  # slow import

        quiet.hush_rasa()
        rasa_patches.apply()
        self._agent = Agent.load(model)
        if self._agent.processor is None:
            raise SystemExit(f"there is no model at {model}")

    async def parse(self, text: str) -> Dict[str, Any]:
        result = await self._agent.parse_message(text)
        understood: Dict[str, Any] = result["understood"]
        return understood
