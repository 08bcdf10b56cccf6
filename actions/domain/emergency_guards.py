"""Whether a hit survives what stands around it: drills, old stories, fears, denials, jests."""

from dataclasses import dataclass

from actions.domain.emergency_rule import Guard, Rule, Scope
from actions.domain.emergency_text import Message, Span, Spots


@dataclass(frozen=True)
class _Speaking:
    """A guard that speaks in a message, and where."""

    guard: Guard
    at: Spots
    ended_at: Spots | None


@dataclass(frozen=True)
class Surroundings:
    """A message and the guards that speak in it, each looked for once."""

    message: Message
    _speaking: tuple[_Speaking, ...]

    @classmethod
    def of(cls, message: Message, guards: tuple[Guard, ...]) -> "Surroundings":
        found = (_heard(guard, message.text) for guard in guards)
        return cls(message, tuple(each for each in found if each))

    def against(self, rule: Rule, hit: Span) -> str | None:
        """The name of a guard that takes the danger out of a hit, if there is one."""
        for each in self._speaking:
            if _concerns(each.guard, rule) and self._governs(each, hit):
                return each.guard.name
        return None

    def _governs(self, each: _Speaking, hit: Span) -> bool:
        if each.guard.scope is Scope.RUNNING:
            return self._runs_on(each, hit)
        return each.at.any_in(self._window(each.guard, hit))

    def _window(self, guard: Guard, hit: Span) -> Span:
        sentence, clause = self.message.sentence(hit), self.message.clause(hit)
        near = max(clause.start, hit.start - guard.reach)
        windows = {
            Scope.SENTENCE: sentence,
            Scope.CLAUSE: clause,
            # A marker may share its last letter with the hit: 没有 | 有人.
            Scope.BEFORE: Span(near, hit.end if guard.is_inside else hit.start + 1),
            Scope.AFTER: Span(hit.end, min(clause.end, hit.end + guard.reach)),
            Scope.ONWARD: Span(sentence.start, hit.end),
            Scope.LATER: Span(hit.start, len(self.message.text)),
        }
        return windows.get(guard.scope, self.message.whole)

    def _runs_on(self, each: _Speaking, hit: Span) -> bool:
        """The marker nearest before a hit decides, else one behind it in its clause."""
        end = self.message.clause(hit).end
        last = each.at.last_before(hit.start)
        if last is None:
            return each.at.any_in(Span(hit.start, end))
        return not (each.ended_at and each.ended_at.any_in(Span(last.end, end)))


def _heard(guard: Guard, text: str) -> _Speaking | None:
    at = Spots(guard.says, text)
    if not at.spans or (guard.but and guard.but.search(text)):
        return None
    return _Speaking(guard, at, Spots(guard.until, text) if guard.until else None)


def _concerns(guard: Guard, rule: Rule) -> bool:
    if guard.name in rule.despite or (rule.is_lasting and guard.spares_lasting):
        return False
    return not guard.kinds or rule.kind in guard.kinds
