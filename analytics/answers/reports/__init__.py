"""Tables of what is known, wanted and changed."""
