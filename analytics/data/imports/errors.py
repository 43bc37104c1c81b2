"""Why a file cannot be read at all."""


class ImportFileError(ValueError):
    """A file cannot be read; the message is Chinese and names it."""
