"""What a clerk can do, one verb a file: each runs in one transaction and says what came of it."""
