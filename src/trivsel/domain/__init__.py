"""What a workshop is and what may happen in it: pure rules and values, nothing read, nothing written."""
