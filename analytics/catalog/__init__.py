"""What is declared in ``data/catalog``: read, checked and given as frozen types."""
