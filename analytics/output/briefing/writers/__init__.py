"""A briefing written as Word, PowerPoint and PDF."""
