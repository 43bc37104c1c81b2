"""What drives a target."""


def drivers(bench) -> None:
    pass
