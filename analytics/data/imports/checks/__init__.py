"""The rules an import must pass, and what is said when it does not."""
