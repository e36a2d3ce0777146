"""From what people type to what the rules reckon with: moments, and the facts that a text proposes."""
