"""How the tables of an office map to indicators: answers given once, kept and recognised."""
