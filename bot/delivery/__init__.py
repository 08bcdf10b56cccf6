"""Push: drain the outbox."""
