"""What people print: numbers, periods, units and wording, read to values."""
