"""Real Home Assistant, real voice, real speakers."""
