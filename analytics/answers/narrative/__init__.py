"""Verdicts and changes told in Chinese."""
