"""How a passage is meant: in earnest and now, or denied, supposed, practised, long ago, a figure of speech."""
