"""Checksums of Kafka's batches, computed in C also where kafka-python would do it in Python.

kafka-python takes CRC-32C from the package `crc32c` (LGPL) and otherwise computes it itself, at 0.6 MB/s: more than all
the rest of reading or writing a record. aiokafka brings the same function compiled. Whoever makes a client of
kafka-python calls `quicken` first.
"""

from functools import cache
from typing import Final

from aiokafka.record.util import calc_crc32c
from kafka.record import util

COMPILED: Final = calc_crc32c


@cache
def quicken() -> None:
    """Let kafka-python compute checksums by aiokafka's function, in this process and from now on."""
    util.calc_crc32c.__defaults__ = (COMPILED,)  # its one optional parameter: the function that does the work
