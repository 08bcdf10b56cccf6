"""Measuring what is understood, by the path a live message takes."""
