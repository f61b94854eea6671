"""What is seen and touched on the shared screen."""
