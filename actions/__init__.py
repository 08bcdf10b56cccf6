"""The heart: tickets, dispatch and the dialogue that fills them. Read domain/, application/, adapters/."""
