"""A real Home Assistant to try the integration in, with a voice and a speaker."""
