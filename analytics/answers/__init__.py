"""What is asked of a release at work: steering, consistency, narrative, reports."""
