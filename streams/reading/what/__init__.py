"""What happened: cues, the deeds that they tell, of which type, and how far they came."""
