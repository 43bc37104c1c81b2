"""Draws and a target give a verdict."""
