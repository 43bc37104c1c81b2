"""What page and file show: charts, figures, exports and briefings."""
