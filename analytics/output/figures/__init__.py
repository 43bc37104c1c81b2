"""What a chart says: its numbers, words, sources and native counterpart."""
