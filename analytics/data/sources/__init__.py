"""Published figures and the illustrative generator, made into tables."""
