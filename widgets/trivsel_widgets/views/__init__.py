"""What each activity shows on the shared screen, as plain data: a pure function per kind of activity."""

from trivsel_widgets.views.frame import frame
from trivsel_widgets.views.scene import Scene

__all__ = ["Scene", "frame"]
