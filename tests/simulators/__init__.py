"""Stand-ins for the services of others, each a server of its own."""
