"""Where Home Assistant looks for integrations that it does not ship."""
