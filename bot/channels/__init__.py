"""Adapters that carry messages."""
