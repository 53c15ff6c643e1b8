"""The write side of haihe: articles to a snapshot, and the snapshot opened again.

Its public names are listed in `__init__.pyi`, and imported when they are first asked for.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
