"""What a person starts: everything in one process, told in plain sentences."""
