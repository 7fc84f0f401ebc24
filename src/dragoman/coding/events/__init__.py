"""Who does what to whom: the event model, and the rows made of what it finds."""
