"""What a text is for the reader: normalised, cut into sentences, searched."""
