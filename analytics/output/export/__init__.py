"""Charts as files that carry their unit, origin and state; pages and briefings share them."""
