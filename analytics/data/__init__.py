"""From what offices print to published releases."""
