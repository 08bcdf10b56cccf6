"""D: rasa fails."""

from tests.chaos.catalogue.fault import Fault

TITLE = "Rasa fails"

ROWS = (
    Fault("D1", "Rasa down"),
    Fault("D2", "Rasa hangs"),
    Fault("D3", "Rasa answers rubbish or without end"),
    Fault("D4", "Rasa answers for somebody else"),
    Fault("D5", "killed after its action took effect"),
    Fault("D6", "a restart loses the tracker"),
    Fault("D7", "two messages of one chat at once"),
    Fault("D8", "another model under traffic"),
    Fault("D9", "sender ids that are patterns or too long"),
)
