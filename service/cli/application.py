"""The commands of `haihe`, each imported when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup
from typer.main import get_command

from service.cli.commands import COMMANDS

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter  # typer has its own copy of click


_NONE = (None, ())


class _Commands(TyperGroup):
    """A group that knows its commands by name, and imports only the one that runs."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"service.cli.commands.{cmd_name}")
        single = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
        single.command(name=cmd_name)(module.command)
        return get_command(single)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        self.epilog = _settings_help()
        super().format_epilog(ctx, formatter)


def _settings_help() -> str:
    from service.settings import Settings

    fields = [
        f"HAIHE_{name.upper()}  {field.description} [{'none' if field.default in _NONE else field.default}]"
        for name, field in Settings.model_fields.items()
    ]
    cache = "HAIHE_CACHE  Where the bundled model is kept. [the user's cache folder]"
    return "\n\n".join(["Settings, each an environment variable:", *fields, cache])


app = typer.Typer(
    name="haihe",
    cls=_Commands,
    help="Search Chinese and English articles in either language, and find the passages of both.\n\n"
    "用中文或英文提问，同时找到中英文文章里的段落。\n\n"
    "Example: haihe up        indexes seeds/ and serves it on http://127.0.0.1:8000/docs",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _about(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if show_version:
        from importlib.metadata import version

        print(f"haihe {version('haihe')}")
        raise typer.Exit
