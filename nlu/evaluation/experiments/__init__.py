"""Experiments that settled how something is done, kept so that they can be run again."""
