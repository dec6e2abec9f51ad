"""Builds metrics so that their series exist before they move, carry the namespace, and document themselves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.metrics_core import Metric

Series = Sequence[tuple[str, ...]]
"""Label values that exist from the start."""
_M = TypeVar("_M", Counter, Gauge, Histogram)


@dataclass(frozen=True, slots=True)
class Declared:
    """One metric as it is documented."""

    kind: str
    name: str
    help: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, ...], ...]


class Labelled(Generic[_M]):
    """The series of a metric by their label values, made when first asked for.

    They are kept here because the library takes microseconds to find one, and a record asks for several.
    """

    def __init__(self, metric: _M, series: Series) -> None:
        self._metric: _M = metric
        self._series: dict[tuple[str, ...], _M] = {values: metric.labels(*values) for values in series}

    def labels(self, *values: str) -> _M:
        """Return the series with these label values."""
        try:
            return self._series[values]
        except KeyError:
            return self._series.setdefault(values, self._metric.labels(*values))

    def remove(self, *values: str) -> None:
        """Take a series away."""
        del self._series[values]
        self._metric.remove(*values)


class Catalogue:
    """Builds metrics into a registry, with the series that exist from the start, and remembers them by section."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self.sections: dict[str, list[Declared]] = {}

    def section(self, title: str) -> None:
        """Begin a section of the reference."""
        self._section = self.sections[title] = []

    def counter(self, name: str, text: str) -> Counter:
        """Build a counter without labels."""
        return self._declared(Counter(name, text, registry=self._registry), name, text)

    def gauge(self, name: str, text: str) -> Gauge:
        """Build a gauge without labels."""
        return self._declared(Gauge(name, text, registry=self._registry), name, text)

    def histogram(self, name: str, text: str, buckets: Sequence[float]) -> Histogram:
        """Build a histogram without labels."""
        return self._declared(Histogram(name, text, registry=self._registry, buckets=buckets), name, text)

    def counters(self, name: str, text: str, labels: Sequence[str], series: Series = ()) -> Labelled[Counter]:
        """Build a counter for each combination of label values."""
        metric = Counter(name, text, labels, registry=self._registry)
        return Labelled(self._declared(metric, name, text, labels, series), series)

    def gauges(self, name: str, text: str, labels: Sequence[str], series: Series = ()) -> Labelled[Gauge]:
        """Build a gauge for each combination of label values."""
        metric = Gauge(name, text, labels, registry=self._registry)
        return Labelled(self._declared(metric, name, text, labels, series), series)

    def histograms(
        self, name: str, text: str, buckets: Sequence[float], labels: Sequence[str], series: Series = ()
    ) -> Labelled[Histogram]:
        """Build a histogram for each combination of label values."""
        metric = Histogram(name, text, labels, registry=self._registry, buckets=buckets)
        return Labelled(self._declared(metric, name, text, labels, series), series)

    def _declared(self, metric: _M, name: str, text: str, labels: Sequence[str] = (), series: Series = ()) -> _M:
        kind = type(metric).__name__.lower()
        self._section.append(Declared(kind, name, text, tuple(labels), tuple(series)))
        return metric


class NamespaceRegistry(CollectorRegistry):
    """A registry whose every sample carries the namespace, so that one Prometheus can watch several.

    The `_created` series, which would double the number of counters, are left out.
    """

    def __init__(self, namespace: str) -> None:
        super().__init__()
        self._labels = {"namespace": namespace}

    def collect(self) -> Iterable[Metric]:
        """Yield what there is, with the namespace."""
        for metric in super().collect():
            metric.samples = [
                sample._replace(labels=self._labels | sample.labels)
                for sample in metric.samples
                if not sample.name.endswith("_created")
            ]
            yield metric


def page(sections: Mapping[str, Sequence[Declared]], open_labels: Mapping[str, str]) -> Iterator[str]:
    """Yield the tables of the reference, in Markdown; `open_labels` says what labels without a closed list hold."""
    for title, metrics in sections.items():
        yield from (f"## {title}", "", "| metric | kind | meaning | labels |", "|---|---|---|---|")
        for metric in metrics:
            labels = "; ".join(_label(metric, i, open_labels) for i in range(len(metric.labels)))
            yield f"| `{metric.name}` | {metric.kind} | {metric.help} | {labels} |"
        yield ""


def _label(metric: Declared, index: int, open_labels: Mapping[str, str]) -> str:
    """Name a label with its values, or with what they will be."""
    name = metric.labels[index]
    values = dict.fromkeys(series[index] for series in metric.series)
    return f"`{name}`: {', '.join(f'`{v}`' for v in values) if values else open_labels[name]}"
