"""What the training data must hold, checked and counted: `python -m nlu.evaluation.lint`."""
