"""The audit's speed and memory, over as many reports with their receipts as asked for, on a Kafka of its own.

    python -m tests.bench.audit [REPORTS ...]

Each report is answered by a reading, every third by two mentions as well; ticks are left out, though they cost as much
to read as any record.
"""

import argparse
import resource
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kafka import KafkaAdminClient
from kafka.structs import OffsetAndMetadata

from schemas.connection import Connection
from schemas.topics import MENTIONS, READINGS, REPORTS
from streams.admin import Admin
from streams.broker import BrokerConfig, LocalKafka
from streams.desk.audit import audit
from streams.desk.sending import Sender
from streams.envelope import CAUSE, PART
from streams.topology import app_id

PARTITIONS = 12
TEXT = b'{"text": "' + b"x" * 600 + b'"}'


def fill(connection: Connection, namespace: str, count: int) -> None:
    """Write reports and what they led to, each in its partition, and commit the reports."""
    with Sender(connection, namespace) as sender:
        for n in range(count):
            partition, offset = n % PARTITIONS, n // PARTITIONS
            sender.send_bytes(REPORTS.topic(namespace), b"r-%d" % n, TEXT, [("ce_id", b"r-%d" % n)], partition)
            cause, parts = b"reports/%d/%d" % (partition, offset), 1 if n % 3 else 3
            for part in range(1, parts + 1):
                marks = [(CAUSE, cause), (PART, b"%d/%d" % (part, parts))]
                stream = READINGS if part == 1 else MENTIONS
                headers = [("ce_type", b"tocsin.withdrawal.v1"), *marks]  # withdrawals, for they need no answer
                sender.send_bytes(stream.topic(namespace), b"r-%d" % n, TEXT, headers, partition)
    with Admin(connection) as admin:
        ends = admin.lag(app_id(namespace), [REPORTS.topic(namespace)]).ends
    client = KafkaAdminClient(bootstrap_servers=connection.bootstrap)
    client.alter_group_offsets(app_id(namespace), {tp: OffsetAndMetadata(end, "", -1) for tp, end in ends.items()})
    client.close()


def main() -> None:
    """Print a line for each number of reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=int, nargs="*", default=[50_000, 200_000])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, LocalKafka(BrokerConfig(data_dir=Path(folder))) as kafka:
        connection = Connection(bootstrap=kafka.bootstrap)
        for count in args.reports:
            namespace = f"audit-{count}"
            with Admin(connection) as admin:
                admin.create_topics(namespace, PARTITIONS, 1)
            fill(connection, namespace, count)
            begun, begun_cpu, now = time.monotonic(), time.process_time(), datetime.now(tz=UTC)
            verdicts = list(audit(connection, namespace, now - timedelta(hours=1), now))
            took_s, cpu_s = time.monotonic() - begun, time.process_time() - begun_cpu
            peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            records = count + sum(sum(v.records.values()) for v in verdicts)
            missing = sum(len(v.missing) for v in verdicts)
            print(
                f"{count:,} reports: {took_s:.1f} s, {cpu_s:.1f} s of CPU, {records / took_s:,.0f} records/s, "
                f"peak {peak_mb:.0f} MB, answered {verdicts[0].answered:,}, missing {missing:,}"
            )


if __name__ == "__main__":
    main()
