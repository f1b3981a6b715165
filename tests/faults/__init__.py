"""Breaking things on purpose, and seeing that nothing is lost and nothing done twice."""
