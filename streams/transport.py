"""Faust's Kafka transport with the gated consumer and producer, and what the two share."""

import faust
from faust.transport.drivers import aiokafka as driver

from streams.consuming import GatedConsumer
from streams.delivery import Deliveries, GatedProducer
from streams.header_names import unpack_any_header_name
from streams.progress import Progress
from streams.tenure import Tenure


class GatedTransport(driver.Transport):
    """Install it with `app.transport = GatedTransport(app, deliveries, tenure)`."""

    Consumer = GatedConsumer
    Producer = GatedProducer

    def __init__(self, app: faust.App, deliveries: Deliveries, tenure: Tenure) -> None:
        super().__init__(app.conf.broker, app)
        unpack_any_header_name()
        self.deliveries = deliveries
        self.tenure = tenure
        self.progress = Progress()
