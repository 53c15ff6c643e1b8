"""The read side of haihe: a query to ranked passages of both languages, over HTTP and on the command line.

Its public names are listed in `__init__.pyi`, and imported when they are first asked for.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
