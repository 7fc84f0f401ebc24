"""The writer: rows into sentences, by a grammar. It never judges whether a sentence is true; ``brief.verify`` does."""
