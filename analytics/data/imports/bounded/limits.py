"""How much may be handed in, and how much reading and checking it may cost."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bytes unless said otherwise."""

    size: int = 20 * MIB  # of one file
    files: int = 20  # handed in together
    together: int = 100 * MIB  # of all of them
    unpacked: int = 300 * MIB
    ratio: int = 150  # unpacked to packed, of one member of more than a mebibyte
    members: int = 500
    cells: int = 6_000_000
    memory: int = 1000 * MIB  # of the process that reads
    check_memory: int = 2500 * MIB  # addresses of the process that checks, which loads pandas
    cpu_seconds: int = 60
    wall_seconds: float = 300  # much longer: a busy machine is no fault of the file


LIMITS = Limits()
