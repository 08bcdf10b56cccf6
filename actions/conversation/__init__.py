"""Rasa custom actions: what was understood becomes a command. No rules live here."""
