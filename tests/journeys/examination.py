"""What axe finds wrong on a page: kept view by view, the serious alone."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from axe_core_python.base import AXE_SCRIPT
from playwright.async_api import Page

SERIOUS = {"serious", "critical"}
RUN = "axe.run(document, {resultTypes: ['violations']})"


class Shown(Protocol):
    """Anything that stands on a page of a browser."""

    page: Page


@dataclass
class Examination:
    found: list[str] = field(default_factory=list)
    views: list[str] = field(default_factory=list)

    async def look(self, shown: Shown, view: str) -> None:
        """Examine what is on the screen, once nothing moves any more."""
        self.views.append(view)
        page = shown.page
        await page.wait_for_function(
            "document.getAnimations().every(a => a.playState !== 'running')"
        )
        await page.evaluate(AXE_SCRIPT)
        result: dict[str, Any] = await page.evaluate(RUN)
        assert result["violations"] is not None
        self.found += [
            f"{view}: {each['id']} {node['target']} {node['failureSummary']}"
            for each in result["violations"]
            if each["impact"] in SERIOUS
            for node in each["nodes"]
        ]
