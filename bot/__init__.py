"""All transport: channels, the turn runner, delivery. Read app.py, gateway/, channels/, delivery/."""
