"""What is seen and touched on the shared screen."""

from trivsel_widgets.notebook import workshop

__all__ = ["workshop"]
