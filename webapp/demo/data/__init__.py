"""What the demo draws from: towns, first names, and words as people write them."""
