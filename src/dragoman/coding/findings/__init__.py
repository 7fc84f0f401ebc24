"""What an article counts and names: figures with their units, instruments with parties and status."""
