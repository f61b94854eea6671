"""What is seen in a browser: home, login, exports and the shared screen (the only place that knows tornado)."""
