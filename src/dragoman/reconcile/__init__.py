"""Where passages disagree, and which mentions are of one event."""
