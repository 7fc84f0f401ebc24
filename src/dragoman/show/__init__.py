"""A record as a person wants to see it: who with whom, each row with the number of its sentence and its words."""
