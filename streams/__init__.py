"""The Faust shell: from topic to topic, with the pure steps of reading and fusing inside."""
