"""Real servers for the tests: PostgreSQL, Redis and Chromium, each started once per worker."""
