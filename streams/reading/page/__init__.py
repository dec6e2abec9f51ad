"""How a report is laid out: as its author typed it, its tables read aloud, with the way back to what came."""
