"""Commands, in the imperative: what people and timers can ask for. One theme a file."""
