"""From a scenario to a document: what a briefing says, whatever format it is written in."""
