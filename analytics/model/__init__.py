"""From series to draws, and from draws to verdicts."""
