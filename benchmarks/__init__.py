"""Calibration and comparison on public data; not needed to run the program."""
