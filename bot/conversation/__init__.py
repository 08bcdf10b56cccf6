"""The adapter that understands text."""
