"""Ports of learning: what was put right, and whether the words may be kept."""

from collections.abc import Sequence
from typing import Protocol

from actions.domain.correction import Consent, Correction, Side
from actions.domain.identifiers import DraftId, PersonId


class Corrections(Protocol):
    async def note(self, correction: Correction) -> None:
        """Keep it, in place of what the same side said of the matter before.

        What a reviewer has decided stays as it is.
        """
        ...

    async def take_back(self, draft_id: DraftId, side: Side) -> None:
        """It was right after all; what a reviewer has decided stays as it is."""
        ...

    async def withhold(self, draft_id: DraftId) -> None:
        """It turned out to be for few: no words of it are kept, whoever noted them."""
        ...

    async def consent_of(self, person_id: PersonId) -> Consent: ...
    async def was_asked(self, person_id: PersonId) -> bool:
        """Whether they were ever asked for their consent, whatever came of it."""
        ...

    async def note_asked(self, person_id: PersonId, version: str) -> None: ...
    async def give_consent(self, person_id: PersonId, version: str) -> None: ...
    async def refuse_consent(self, person_id: PersonId) -> None:
        """Withdraw it, too: every word of theirs that was kept goes."""
        ...

    async def wordless(self, person_id: PersonId, *, limit: int) -> Sequence[DraftId]:
        """Drafts of open corrections that wait for consent, the newest first."""
        ...

    async def has_wordless(self, draft_id: DraftId) -> bool: ...
    async def give_words(self, draft_id: DraftId, words: str) -> None: ...
