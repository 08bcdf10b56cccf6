"""Known-bad variants of the product, and the tests that have to notice each."""
