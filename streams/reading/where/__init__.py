"""Where, and to which facility."""
