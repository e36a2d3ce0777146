"""The figures: each declared once as data, reckoned from flat rows, and able to list the complaints behind it."""
