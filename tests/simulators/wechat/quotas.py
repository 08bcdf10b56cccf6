"""How many customer-service messages one person may be sent, by what they did last."""

from dataclasses import dataclass, field

#: A message of theirs: five within 48 hours. A click in the menu, following, a scan: three within
#: a minute (WeChat, 客服消息, since June 2023).
MESSAGE = (48 * 3600.0, 5)
CLICK = (60.0, 3)


@dataclass
class Window:
    until: float
    left: int


@dataclass
class Quota:
    """The newest of each kind counts; what runs out first is used first."""

    windows: dict[str, Window] = field(default_factory=dict)

    def opens(self, kind: str, now: float) -> None:
        lasts, count = MESSAGE if kind == "message" else CLICK
        self.windows[kind] = Window(now + lasts, count)

    def is_open(self, now: float) -> bool:
        return any(window.until > now for window in self.windows.values())

    def take(self, now: float) -> bool:
        """Use one up; False when none is left."""
        living = [each for each in self.windows.values() if each.until > now and each.left > 0]
        if not living:
            return False
        min(living, key=lambda each: each.until).left -= 1
        return True
