"""A local Kafka of one broker or a few, started as children of this process: for `tocsin up`, trials and tests.

    claim the folder ─▶ find Java and the jars ─▶ choose ports ─▶ start the nodes ─▶ wait until all answer ─▶ announce

Every node is broker and KRaft controller at once. Whatever goes wrong on the way undoes what was done before.
"""

import socket
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from streams.broker.errors import BrokerFailedError
from streams.broker.folder import Claim, claim
from streams.broker.jars import kafka_jars
from streams.broker.java import find_java
from streams.broker.node import Node, NodePlan, Ports, spawn_tethered
from streams.broker.ports import check_free, free_ports
from streams.broker.restarting import Restarting

_PORT_TRIES = 3
_FIRST_WAIT_S = 1.0


def _silent(_message: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerConfig:
    """What is asked of a local Kafka."""

    data_dir: Path
    brokers: int = 1
    """1, or 3 and more: then topics are replicated 3 times and writes wait for 2."""
    host: str = "127.0.0.1"
    port: int = 0
    """Where clients reach the first broker; the next ones follow. 0: free ports."""
    advertised_ports: tuple[int, ...] = ()
    """Ports that clients are told instead, one for each broker: of a proxy or a tunnel between them."""
    fresh: bool = False
    """Throw away what the folder holds from earlier runs."""
    heap_mb: int = 384
    client_protocol: str = "PLAINTEXT"
    """PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL on the listener for clients; its settings go into `properties`."""
    listeners: Mapping[str, str] = field(default_factory=dict)
    """Further listeners for clients, each with its protocol, on free ports of their own."""
    scram_users: Mapping[str, str] = field(default_factory=dict)
    """Users and passwords for SCRAM-SHA-512, made when the folder is formatted."""
    properties: Mapping[str, str] = field(default_factory=dict)
    """Kafka properties that count over deploy/kafka/server.properties, the same for every broker."""
    start_timeout_s: float = 60.0
    stop_timeout_s: float = 10.0


class LocalKafka:
    """A Kafka that lives as long as this object is started, and never longer than this process.

    `with LocalKafka(BrokerConfig(data_dir=...)) as kafka: ...` gives `kafka.bootstrap`. A later one on the same folder
    continues with the same data. All failures are `BrokerError`s whose message is one line for the operator.
    """

    def __init__(self, config: BrokerConfig, say: Callable[[str], None] = _silent) -> None:
        self._config = config
        self._say = say
        self._claim: Claim | None = None
        self._launcher: ThreadPoolExecutor | None = None
        self._nodes: tuple[Node, ...] = ()
        self._restarting: dict[Node, Restarting] = {}

    @property
    def bootstrap(self) -> str:
        """Addresses for clients: `host:port`, comma-separated."""
        return ",".join(node.address for node in self._nodes)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The brokers, numbered from 1; each can be killed, paused and started again."""
        return self._nodes

    @property
    def pid(self) -> int | None:
        """Process id of the first broker; None when it does not run."""
        return self._nodes[0].pid if self._nodes else None

    @property
    def log_path(self) -> Path:
        """Log of the first broker."""
        return self._config.data_dir / "node-1" / "server.log"

    def start(self) -> None:
        """Starts the brokers and waits until they answer. Nothing is left behind when it fails."""
        if self._claim is not None:
            return
        config = self._config
        self._claim = claim(config.data_dir.resolve(), brokers=config.brokers, fresh=config.fresh)
        # The kernel ties a child to the thread that made it: this one lives until `stop`, the caller's may not.
        self._launcher = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kafka-launcher")
        try:
            java, jars = find_java(), kafka_jars(self._say)
            self._start_nodes(self._claim, java, jars)
        except BaseException:
            self.stop()
            raise
        self._claim.announce(self.bootstrap)

    def wait_ready(self) -> None:
        """Waits until every broker that runs answers and sees all the others that run.

        Raises
        ------
        BrokerFailedError
            One ended, or did not answer in time.
        """
        expected = [node for node in self._nodes if node.alive] or list(self._nodes)
        deadline = time.monotonic() + self._config.start_timeout_s
        for node in expected:
            while not _sees(node.internal_address, len(expected)):
                if not node.alive:
                    raise BrokerFailedError(f"Kafka ended while starting: {node.last_words()}; log: {node.log_path}")
                if time.monotonic() > deadline:
                    raise BrokerFailedError(
                        f"Kafka did not answer within {self._config.start_timeout_s:.0f} s: {node.last_words()}; "
                        f"log: {node.log_path}"
                    )
                time.sleep(0.05)

    def look_after(self) -> None:
        """Starts again what has ended, at the same address, later each time; call it about once a second."""
        now = time.monotonic()
        for node in self._nodes:
            if node.alive:
                continue
            restarting = self._restarting.setdefault(node, Restarting(first_wait_s=_FIRST_WAIT_S))
            if (wait_s := restarting.has_ended(now)) is not None:
                self._say(f"Kafka at {node.address} has ended, again in {wait_s:g} s: {node.last_words()}")
            elif restarting.is_due(now):
                restarting.starts(now)
                node.start()

    def stop(self) -> None:
        """Ends the brokers in order and frees the folder; may be called at any time and again."""
        self._stop_nodes()
        if self._launcher is not None:
            self._launcher.shutdown()
            self._launcher = None
        if self._claim is not None:
            self._claim.release()
            self._claim = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _start_nodes(self, own: Claim, java: Path, jars: Path) -> None:
        for tries_left in reversed(range(_PORT_TRIES)):
            self._nodes = self._make_nodes(own, java, jars, self._choose_ports())
            self._say(f"starting Apache Kafka on {self.bootstrap}")
            with ThreadPoolExecutor(len(self._nodes)) as together:
                list(together.map(Node.start, self._nodes))
            try:
                self.wait_ready()
            except BrokerFailedError:
                # Between our look at a free port and Kafka's another process may have taken it.
                stolen = any("Address already in use" in node.last_words() for node in self._nodes)
                self._stop_nodes()
                if not stolen or not tries_left:
                    raise
            else:
                return

    def _choose_ports(self) -> list[Ports]:
        count, first = self._config.brokers, self._config.port
        given = list(range(first, first + count)) if first else []
        for port in given:
            check_free(self._config.host, port)
        further, told = self._config.listeners, self._config.advertised_ports
        drawn = iter(free_ports(self._config.host, (3 + len(further)) * count))
        ports = []
        for index in range(count):
            client = given[index] if given else next(drawn)
            ports.append(
                Ports(
                    client=client,
                    internal=next(drawn),
                    controller=next(drawn),
                    advertised=told[index] if told else client,
                    further={name: next(drawn) for name in further},
                )
            )
        return ports

    def _make_nodes(self, own: Claim, java: Path, jars: Path, ports: list[Ports]) -> tuple[Node, ...]:
        config, launcher = self._config, self._launcher
        if launcher is None:
            raise RuntimeError("nodes are made by start() only")
        properties = {
            "voters": ",".join(f"{number}@{config.host}:{p.controller}" for number, p in enumerate(ports, 1)),
            "client_protocol": config.client_protocol,
            "further_protocols": "".join(f",{name}:{protocol}" for name, protocol in config.listeners.items()),
            "replication": str(min(3, config.brokers)),
            "min_insync": str(2 if config.brokers > 2 else 1),
        }
        spawn = partial(spawn_tethered, keep_open=(own.lock,))
        return tuple(
            Node(
                NodePlan(
                    number=number,
                    folder=own.node_folder(number),
                    host=config.host,
                    ports=node_ports,
                    java=java,
                    jars=jars,
                    heap_mb=config.heap_mb,
                    cluster_id=own.cluster_id,
                    properties=properties,
                    overrides=config.properties,
                    scram_users=config.scram_users,
                ),
                lambda command, console: launcher.submit(spawn, command, console).result(),
            )
            for number, node_ports in enumerate(ports, 1)
        )

    def _stop_nodes(self) -> None:
        for node in self._nodes:
            node.ask_to_stop()
        deadline = time.monotonic() + self._config.stop_timeout_s
        for node in self._nodes:
            node.wait_stopped(max(0.0, deadline - time.monotonic()))


def _sees(address: str, brokers: int) -> bool:
    """Whether the broker answers a metadata request in which at least so many brokers are listed."""
    host, port = address.rsplit(":", 1)
    try:
        # A closed port is told by a plain connection at once; the client would retry and log.
        socket.create_connection((host, int(port)), timeout=1).close()
        admin = KafkaAdminClient(bootstrap_servers=address, bootstrap_timeout_ms=5_000, request_timeout_ms=5_000)
    except (OSError, KafkaError):
        return False
    try:
        return len(admin.describe_cluster()["brokers"]) >= brokers
    except KafkaError:
        return False
    finally:
        admin.close()
