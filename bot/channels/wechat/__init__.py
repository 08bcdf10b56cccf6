"""The WeChat Official Account: callbacks in, passive replies and pushes out."""
