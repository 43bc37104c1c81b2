"""Processes of bounded memory and time: what is handed in is read and checked in them only."""
