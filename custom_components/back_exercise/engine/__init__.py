"""What a session is, without Home Assistant: no clock, no files, no waiting."""
