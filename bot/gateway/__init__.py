"""The channel-neutral inbound path."""
