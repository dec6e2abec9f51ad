"""What the commands work with, without the terminal: sending, publishing, reading back, simulating, supervising."""
