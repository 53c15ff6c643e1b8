"""The words that the shell says, in English and in Chinese."""

from __future__ import annotations

from dataclasses import dataclass

from indexer import Language


@dataclass(frozen=True, slots=True)
class ShellWords:
    """The words of one interface language; those in braces are filled in.

    Attributes:
        commands: what follows each command, and what it does.
    """

    welcome: str
    commands: dict[str, tuple[str, str]]
    ask: str
    unknown: str
    meant: str
    no_question: str
    no_hit: str
    no_more: str
    expected: str
    written: str
    exists: str
    not_written: str
    formats: str
    interrupted: str
    filters: str
    none: str
    toolbar: str
    similar_to: str


ENGLISH = ShellWords(
    welcome="Type a question in Chinese or English. :help lists the commands, :quit ends.",
    commands={
        "open": ("N", "read the whole article of hit N"),
        "similar": ("N", "passages that are like hit N"),
        "more": ("", "the next hits"),
        "lang": ("zh|en|all", "languages of the passages to find"),
        "from": ("YYYY-MM-DD|-", "only articles of this day or later; - for any"),
        "to": ("YYYY-MM-DD|-", "only articles of this day or earlier"),
        "source": ("NAME|-", "only articles of this source"),
        "sort": ("relevance|published", "best first, or newest first"),
        "group": ("passage|document", "document: each article once"),
        "k": ("N", "how many hits at once"),
        "min-score": ("0…1", "only hits with at least this score"),
        "explain": ("on|off", "what each signal gave"),
        "filters": ("", "what is set now"),
        "clear": ("", "set everything back"),
        "export": ("FILE", "write the hits to .csv, .json, .jsonl or .md"),
        "help": ("", "this list"),
        "quit": ("", "end (or Ctrl-D)"),
    },
    ask='Any other line is a question: "exact words" must appear, -word and -"exact words" must not.',
    unknown="There is no command :{name}.",
    meant="Did you mean :{name}?",
    no_question="Ask a question first.",
    no_hit="There is no hit {number} here. Take a number from the list above.",
    no_more="There are no more hits.",
    expected=":{name} wants {argument}.",
    written="{count} hits written to {path}.",
    exists="{path} is there already. Name another file.",
    not_written="{path} can't be written ({reason}). Name another file.",
    formats="Name a file that ends with .csv, .json, .jsonl or .md.",
    interrupted="Stopped.",
    filters="Set",
    none="nothing is set",
    toolbar="{filters} · :help",
    similar_to="Like",
)

CHINESE = ShellWords(
    welcome="请用中文或英文提问。:help 列出命令，:quit 退出。",
    commands={
        "open": ("N", "阅读第 N 条的全文"),
        "similar": ("N", "与第 N 条相似的段落"),
        "more": ("", "接下来的结果"),
        "lang": ("zh|en|all", "查找哪种语言的段落"),
        "from": ("YYYY-MM-DD|-", "只要这一天及以后的文章；- 表示不限"),
        "to": ("YYYY-MM-DD|-", "只要这一天及以前的文章"),
        "source": ("NAME|-", "只要这个来源的文章"),
        "sort": ("relevance|published", "按相关程度，或最新的在前"),
        "group": ("passage|document", "document：每篇文章只出现一次"),
        "k": ("N", "一次显示多少条"),
        "min-score": ("0…1", "只要得分不低于此的结果"),
        "explain": ("on|off", "显示各项信号的得分"),
        "filters": ("", "显示当前设置"),
        "clear": ("", "恢复默认设置"),
        "export": ("FILE", "把结果写入 .csv、.json、.jsonl 或 .md 文件"),
        "help": ("", "显示本列表"),
        "quit": ("", "退出（或按 Ctrl-D）"),
    },
    ask='其他任何一行都是提问："原文" 必须逐字出现，-词语 和 -"原文" 不得出现。',
    unknown="没有 :{name} 这个命令。",
    meant="是不是 :{name}？",
    no_question="请先提一个问题。",
    no_hit="这里没有第 {number} 条。请用上面列出的编号。",
    no_more="没有更多结果了。",
    expected=":{name} 后面应为 {argument}。",
    written="已将 {count} 条结果写入 {path}。",
    exists="{path} 已经存在，请换一个文件名。",
    not_written="无法写入 {path}（{reason}），请换一个文件名。",
    formats="文件名应以 .csv、.json、.jsonl 或 .md 结尾。",
    interrupted="已停止。",
    filters="当前设置",
    none="没有设置",
    toolbar="{filters} · :help",
    similar_to="相似于",
)


def shell_words(language: Language) -> ShellWords:
    """The shell's words in an interface language."""
    return CHINESE if language is Language.ZH else ENGLISH
