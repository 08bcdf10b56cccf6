"""Ringing a browser that is not looking: Web Push (RFC 8030, 8291, 8292)."""
