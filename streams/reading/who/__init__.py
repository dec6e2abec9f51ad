"""Who did it, and whom it hurt."""
