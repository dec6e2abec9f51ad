"""A TCP proxy on loopback that can be slow, cut or half-open: the network between workers and a broker."""

import asyncio
import threading
from enum import StrEnum

CHUNK = 65_536


class Weather(StrEnum):
    """What the network is like."""

    FAIR = "fair"
    SLOW = "slow"
    """Every chunk is late."""
    CUT = "cut"
    """Connections are reset, new ones too."""
    HALF_OPEN = "half-open"
    """Connections stand, new ones are accepted, and nothing arrives."""


class Proxy:
    """Passes bytes between a port and another, as its weather says; lives in a thread of its own.

    Parameters
    ----------
    port, target
        Where it listens, and what it passes on to; both on loopback.
    """

    def __init__(self, port: int, target: int) -> None:
        self._port = port
        self._target = target
        self._weather = Weather.FAIR
        self._late_s = 0.0
        self._open: set[asyncio.StreamWriter] = set()
        self._fair: asyncio.Event | None = None
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"proxy-{port}", daemon=True)
        self._thread.start()
        self._ready.wait()

    def become(self, weather: Weather, late_s: float = 0.0) -> None:
        """Change the weather, for connections that stand too."""
        asyncio.run_coroutine_threadsafe(self._become(weather, late_s), self._loop).result(10)

    def close(self) -> None:
        """End it."""
        self.become(Weather.CUT)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._fair = asyncio.Event()
        self._fair.set()
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", self._port))
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.01))

    async def _become(self, weather: Weather, late_s: float) -> None:
        self._weather, self._late_s = weather, late_s
        assert self._fair is not None
        if weather is Weather.HALF_OPEN:
            self._fair.clear()
        else:
            self._fair.set()
        if weather is Weather.CUT:
            for writer in list(self._open):
                writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._weather is Weather.CUT:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, far_writer}
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pass_on(reader, far_writer))
                both.create_task(self._pass_on(far_reader, writer))
        except* OSError:
            pass
        finally:
            self._open -= {writer, far_writer}
            writer.transport.abort()
            far_writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert self._fair is not None
        while data := await reader.read(CHUNK):
            await self._fair.wait()
            if self._late_s:
                await asyncio.sleep(self._late_s)
            writer.write(data)
            await writer.drain()
        raise ConnectionResetError  # ends the other direction too
