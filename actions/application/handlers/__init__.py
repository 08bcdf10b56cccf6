"""One short function a command or event."""
