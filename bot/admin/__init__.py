"""Admin console: an aiohttp sub-application."""
