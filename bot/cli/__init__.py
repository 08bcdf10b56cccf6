"""`python -m bot …`: what an administrator does at a terminal."""
