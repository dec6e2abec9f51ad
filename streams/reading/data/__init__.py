"""Data of the reader: cue lists and towns, and the scripts that build them."""
