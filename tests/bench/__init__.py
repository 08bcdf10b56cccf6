"""What it costs, measured through the doors residents use."""
