"""Scenarios side by side."""


def comparison(bench) -> None:
    pass


def charts(bench) -> None:
    pass
