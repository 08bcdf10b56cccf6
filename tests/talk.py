"""Free text with a given understanding, as if a model had read it."""

from actions.application.commands.telling import Heard, TellMatter
from actions.domain.understood import Entity, Matter, Understood
from tests.builders import Someone


async def say(
    someone: Someone,
    text: str,
    *leaves: str,
    kind: type[Heard] = TellMatter,
    intent: str = "report",
    share: float = 0.8,
    matters: tuple[tuple[str, str], ...] = (),
    entities: tuple[Entity, ...] = (),
    vector: tuple[float, ...] = (),
    knowledge: tuple[tuple[str, float], ...] = (),
    told: float = 1.0,
    emergency: float = 0.0,
) -> None:
    """`leaves` come best first; `matters` are (words, leaf) for several matters in one text;
    `knowledge` are (entry, likelihood)."""
    ranking = tuple((leaf, share / (rank + 1)) for rank, leaf in enumerate(leaves))
    understood = Understood(
        text=text,
        normalised=text,
        language="zh",
        intent=intent,
        confidence=0.9,
        leaves=ranking,
        matters=tuple(
            Matter(
                text=words,
                start=text.find(words),
                end=text.find(words) + len(words),
                leaves=((leaf, 0.9),),
            )
            for words, leaf in matters
        ),
        entities=entities,
        told=told,
        emergency=emergency,
        vector=vector,
        knowledge=tuple({"id": entry, "score": score} for entry, score in knowledge),
        model={"version": "taught"},
    )
    inbox_id = await someone.world.arrives(someone, text)
    await someone.world.run(kind(understood=understood), someone, inbox_id=inbox_id)
