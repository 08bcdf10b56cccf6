"""Kills under load, and a ledger that knows what was promised."""
