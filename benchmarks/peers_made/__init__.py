"""Small re-makings of one page of ours in other frameworks, for ``benchmarks.peers``."""
