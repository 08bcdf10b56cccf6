"""The heart: tickets, dispatch and the dialogue. Read domain/, application/, adapters/."""
