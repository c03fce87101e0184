"""Speakers with faults that no program has that one could install for tests."""
