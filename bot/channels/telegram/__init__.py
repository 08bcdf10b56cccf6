"""Telegram: the Bot API on one side, arrivals and outbox rows on the other."""
