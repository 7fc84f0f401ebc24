"""Who says what: attributions in a text, statements of a record."""
