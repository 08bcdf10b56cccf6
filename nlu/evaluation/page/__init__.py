"""A page a person can read about how well messages are understood: `make report`."""
