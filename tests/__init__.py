"""Tests of the integration within one process."""
