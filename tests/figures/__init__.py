"""What is printed and displayed, recomputed by plain SQL from the tables of the procedure."""
