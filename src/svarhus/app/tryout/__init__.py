"""The self-check of an installation: test phones walk the demo flow, with real SIP and real sound."""

from svarhus.app.tryout.walk import tryout

__all__ = ["tryout"]
