"""What the voice is called."""

DOMAIN = "computer_voice"
NAME = "Computer voice"
