"""The edge: what stands between a socket and a handler."""
