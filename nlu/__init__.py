"""Understanding: Rasa data, pipeline components and their evaluation (Python 3.10)."""
