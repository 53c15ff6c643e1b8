"""`haihe shell`."""

from __future__ import annotations

from contextlib import closing

from service.cli.options import DEFAULT_INDEX, ColorOption, IndexOption, UrlOption
from service.cli.show.console import Color


def command(
    index: IndexOption = DEFAULT_INDEX,
    url: UrlOption = None,
    color: ColorOption = Color.AUTO,
) -> None:
    """Search an index again and again, in one sitting.

    Type a question, or a command such as :open 2, :lang en, :from 2023-01-01, :similar 1, :export hits.md, :help.

    Example: haihe shell --index ~/articles.index

    Example: haihe shell --url http://127.0.0.1:8000
    """
    from service.cli.opening import answerer_of
    from service.cli.shell.shell import Shell
    from service.cli.shell.sitting import sit
    from service.cli.shell.words import shell_words
    from service.cli.show.formats import Format, style_of

    with closing(answerer_of(index, url)) as answerer:
        style = style_of(Format.TABLE, color, None, lambda one: answerer.article(one).author)
        sit(Shell(answerer, style, shell_words(style.words.language)))
