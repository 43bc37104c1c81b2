"""The draws of all indicators: coupled, linked by identities, kept."""
