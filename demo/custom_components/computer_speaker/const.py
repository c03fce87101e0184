"""What the speaker is called."""

DOMAIN = "computer_speaker"
NAME = "Computer speaker"
