"""All transport: channels, the turn runner, delivery. Begin with app.py and gateway/."""
