"""kafka-python's checksums are computed in C, and are the same."""

import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kafka.record import util
from kafka.record._crc32c import crc as in_python

from alerts.checksums import COMPILED, quicken


@given(st.binary(max_size=300))
def test_the_same_sum(content: bytes) -> None:
    """For any content, as read (a view of bytes) and as written (a view of a growing buffer)."""
    quicken()
    assert util.calc_crc32c(memoryview(content)) == in_python(content)
    assert util.calc_crc32c(memoryview(bytearray(b"head" + content))[4:]) == in_python(content)


@pytest.mark.parametrize("module", ["alerts.tail", "streams.desk.sending", "streams.reference"])
def test_whoever_makes_a_client_has_it(module: str) -> None:
    """Modules that read or write records have put the compiled function in place."""
    importlib.import_module(module)
    assert util.calc_crc32c.__defaults__ == (COMPILED,)
    assert COMPILED.__module__ == "aiokafka.record._crecords.cutil"
