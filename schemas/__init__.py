"""What travels, and where: the records, the topics, the way to the broker. Imports nothing of ours."""
