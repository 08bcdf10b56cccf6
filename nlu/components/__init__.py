"""Rasa graph components, one idea each."""
