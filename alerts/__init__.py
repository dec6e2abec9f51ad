"""When to speak, and to whom: detector, life of an alert, subscribers and bridges."""
