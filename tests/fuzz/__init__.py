"""Whatever may be sent: nothing breaks, nothing is half recorded."""
