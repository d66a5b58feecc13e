"""What can go wrong with an engine.

Unavailable
└── EngineError               an engine cannot be installed or started
    ├── CannotInstall         its packages cannot be fetched or unpacked
    └── CannotStart           it is installed, but does not come up
"""

from svarhus.kit.errors import Unavailable


class EngineError(Unavailable):
    id = "engine-error"
    title = "An engine is not available"


class CannotInstall(EngineError):
    id = "engine-not-installed"
    title = "An engine cannot be installed"


class CannotStart(EngineError):
    id = "engine-not-started"
    title = "An engine does not start"
