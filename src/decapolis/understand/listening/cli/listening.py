"""`decapolis listening …`: import conversations, analyse them, list them, delete them."""

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from babel import Locale, UnknownLocaleError
from django.http import Http404
from django.urls import reverse
from django.utils.text import slugify

from decapolis.city.access.public import Viewer
from decapolis.plumbing.acting import OPERATOR, act
from decapolis.plumbing.charts.lines import shorten
from decapolis.plumbing.failures import Failure
from decapolis.plumbing.progress import Progress
from decapolis.understand.listening import queries
from decapolis.understand.listening.actions import conversations
from decapolis.understand.listening.factories import ardenne_conversation
from decapolis.understand.listening.factories.summer import make_summer_conversation
from decapolis.understand.listening.files import (
    MOST_VOTES,
    ConversationFiles,
    mark_about_participants,
    may_be_about_participants,
    only_moderated,
    read_conversation,
)
from decapolis.understand.listening.models import Conversation
from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.released import Released, from_document

VIEWER = Viewer("operator")
BOOTSTRAP = 100


def main(arguments: list[str]) -> int:
    """Do what the arguments say; a `Failure` ends it with one sentence."""
    options = _parser().parse_args(arguments)
    options.run(options)
    return 0


def import_folder(options: argparse.Namespace) -> None:
    """Import one exported conversation, say what was not taken and why, and analyse it."""
    with Progress("Reading votes", 100) as progress:
        read = read_conversation(options.folder, limit=options.limit, told=progress)
    marked = mark_about_participants(options.folder, read, options.about_participants or ())
    files = marked if options.show_unmoderated else only_moderated(marked)
    facts = _facts(options, files)
    checked = conversations.check_import(files=files, facts=facts, by=OPERATOR, replace=options.replace)
    if options.dry_run:
        print(_told(checked, files), *_to_look_at(files, options), sep="\n")
        print("Nothing was stored: this was a dry run.")
        return
    _refuse_undecided(files, options)
    released = None if options.no_analysis else _released(files, options)
    with Progress("Storing votes", len(files.votes)) as progress:
        store = _storing(released, replace=options.replace)
        report = store(files=files, facts=facts, by=OPERATOR, progress=progress)
    print(_told(report, files))
    if released is not None:
        _say(released, facts.slug)


def analyse(options: argparse.Namespace) -> None:
    """Analyse a conversation anew and release its result."""
    _analyse(_conversation(options.slug), options)


def list_all(_: argparse.Namespace) -> None:
    """List the conversations, and whether each has a result."""
    released = {summary.slug: summary for summary in queries.results(viewer=VIEWER)}
    for conversation in queries.conversations(viewer=VIEWER):
        summary = released.get(conversation.slug)
        state = f"result of {summary.computed_at:%Y-%m-%d}, {summary.participants} people" if summary else "no result"
        print(f"{conversation.reference}  {conversation.slug}  {conversation.question}  ({state})")


def store_demo(options: argparse.Namespace) -> None:
    """Store the fictional conversations of Ardenne-sur-Lys: one with its result, one that is open; once."""
    with act():
        opened = make_summer_conversation()
    if opened:
        print(f"Open to take part in: /listen/take-part/{opened.slug}/")
    made = ardenne_conversation()
    if made.facts.slug in {summary.slug for summary in queries.results(viewer=VIEWER)}:
        print(f"The fictional conversation “{made.facts.slug}” is here already.")
        return
    released = _released(made.files, options)
    report = conversations.import_with_result(files=made.files, facts=made.facts, released=released, by=OPERATOR)
    print(_told(report, made.files))
    _say(released, report.slug)


def delete(options: argparse.Namespace) -> None:
    """Delete a conversation with all that was said in it."""
    conversation = _conversation(options.slug)
    if not options.yes:
        raise Failure(f"{conversation.reference} and all its votes would be gone for ever. Say --yes if you mean it.")
    conversations.delete_conversation(conversation=conversation, by=OPERATOR)
    print(f"{conversation.reference} is deleted.")


def _conversation(slug: str) -> Conversation:
    try:
        return queries.conversation(viewer=VIEWER, slug=slug)
    except Http404:
        raise Failure(f"There is no conversation “{slug}”. `decapolis listening list` names those there are.") from None


def _language(given: str) -> str:
    """A language that is known by this name, such as fr or zh-Hant."""
    try:
        Locale.parse(given, sep="-")
    except (ValueError, UnknownLocaleError):
        raise argparse.ArgumentTypeError(f"{given} is not the name of a language; write en, fr, zh-Hant …") from None
    return given


def _facts(options: argparse.Namespace, files: ConversationFiles) -> conversations.Facts:
    question = (options.question or files.topic).strip()
    if not question:
        raise Failure(f"{options.folder}: The folder does not say what was asked. Say it with --question.")
    return conversations.Facts(
        slug=options.slug or slugify(options.folder.resolve().name.replace(".", "-")),
        words=conversations.Words(question, **{name: getattr(options, name) for name in queries.WORDS[1:]}),
        language=options.language,
        credit=options.credit,
        credit_url=options.credit_url,
        licence=options.licence,
    )


def _analyse(conversation: Conversation, options: argparse.Namespace) -> None:
    print("Analysing …", flush=True)
    try:
        result = conversations.analyse_conversation(
            conversation=conversation,
            by=OPERATOR,
            seed=options.seed,
            bootstrap=options.bootstrap,
            again=getattr(options, "again", False),
        )
    except MethodError as error:
        raise Failure(f"{conversation.reference} cannot be analysed: {error}") from error
    _say(from_document(result.document), conversation.slug)


def _released(files: ConversationFiles, options: argparse.Namespace) -> Released:
    """Analyse what was read, before anything is stored, so that a fault leaves a former result where it is."""
    print("Analysing …", flush=True)
    try:
        return conversations.analyse_files(files=files, by=OPERATOR, seed=options.seed, bootstrap=options.bootstrap)
    except MethodError as error:
        raise Failure(f"This cannot be analysed: {error} Nothing was stored; --no-analysis only stores.") from error


def _storing(released: Released | None, *, replace: bool) -> Callable[..., conversations.ImportReport]:
    if released is None:
        return partial(conversations.import_conversation, replace=replace)
    return partial(conversations.import_with_result, released=released)


def _say(released: Released, slug: str) -> None:
    groups = f"{len(released.groups)} groups" if released.groups else f"no groups ({released.no_groups})"
    print(f"Released: {released.statements} statements, {groups}.")
    print(f"See {reverse('listening:result', args=[slug])}")


def _told(report: conversations.ImportReport, files: ConversationFiles) -> str:
    stored = f"{report.reference} ({report.slug})" if report.reference else report.slug
    took = (
        f"{stored}: {report.participants:,} participants, {report.statements:,} statements "
        f"({report.refused:,} refused by moderators{_about(report)}), {report.votes:,} votes{_days(files)}."
    )
    notes = [f"  {note.number:>9,}  {note.what}: {note.why}" for note in report.notes]
    return "\n".join([took, *(["Not taken:"] if notes else []), *notes])


def _about(report: conversations.ImportReport) -> str:
    return f", {report.about_participants:,} about the participants" if report.about_participants else ""


def _to_look_at(files: ConversationFiles, options: argparse.Namespace) -> Iterator[str]:
    """Statements that may be about the participants, where nobody has said yet whether any is."""
    found = may_be_about_participants(files.statements) if options.about_participants is None else []
    if not found:
        return
    yield "Look at these: they may be about the participants themselves, which is no opinion to release."
    for row in found:
        yield f"  {row.statement:>9}  {shorten(row.text or '', 80)}"
    numbers = ",".join(str(row.statement) for row in found)
    yield f"Say --about-participants {numbers} to withhold these, or --about-participants none to release them all."


def _refuse_undecided(files: ConversationFiles, options: argparse.Namespace) -> None:
    """Stop before something that participants said of themselves is released by oversight."""
    undecided = list(_to_look_at(files, options))
    if undecided:
        raise Failure("\n".join(["Nothing was stored yet.", *undecided]))


def _numbers(text: str) -> frozenset[int]:
    """Numbers of statements, as in 4,7,12, or the word none."""
    if text.strip() == "none":
        return frozenset()
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise argparse.ArgumentTypeError("give numbers of statements with commas between them, as in 4,7,12, or none")
    return frozenset(map(int, parts))


def _days(files: ConversationFiles) -> str:
    given = files.votes.day
    return ", without days" if given is None else f", {given.min()} to {given.max()}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="decapolis listening", description="Conversations of residents.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_import(commands.add_parser("import", help="import an exported conversation"))
    analysing = commands.add_parser("analyse", help="analyse a conversation anew")
    analysing.add_argument("slug")
    analysing.add_argument("--again", action="store_true", help="put it in the place of the result there is")
    _add_method(analysing)
    analysing.set_defaults(run=analyse)
    showing = commands.add_parser("demo", help="store a fictional conversation, if it is not there")
    _add_method(showing)
    showing.set_defaults(run=store_demo)
    commands.add_parser("list", help="list the conversations").set_defaults(run=list_all)
    deleting = commands.add_parser("delete", help="delete a conversation for ever")
    deleting.add_argument("slug")
    deleting.add_argument("--yes", action="store_true", help="yes, with all its votes")
    deleting.set_defaults(run=delete)
    return parser


def _add_import(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder", type=Path, metavar="FOLDER", help="with comments.csv and votes as Polis exports them"
    )
    command.add_argument("--slug", default="", help="name in addresses (default: made from the folder's name)")
    command.add_argument("--question", default="", help="what was asked (default: the topic of summary.csv)")
    command.add_argument(
        "--language", type=_language, default="en", help="language of question and statements, such as fr (default: en)"
    )
    for name in queries.WORDS[1:]:
        command.add_argument(f"--{name.replace('_', '-')}", default="", metavar="TEXT", help="shown beside the result")
    command.add_argument("--credit", default="", metavar="TEXT", help="whom to name as the source")
    command.add_argument("--credit-url", default="", metavar="URL", help="where the source is")
    command.add_argument("--licence", default="", help="licence of the source, such as CC BY 4.0")
    command.add_argument(
        "--about-participants",
        type=_numbers,
        metavar="N[,N…]|none",
        help="statements about the participants themselves (“I am under 20”): never released; none, if none is",
    )
    command.add_argument(
        "--show-unmoderated",
        default="",
        metavar="REASON",
        help="take statements that no moderator has looked at too, and why (default: they stay out)",
    )
    command.add_argument("--limit", type=int, default=MOST_VOTES, metavar="N", help="refuse more votes than this")
    command.add_argument("--replace", action="store_true", help="replace the conversation of this name")
    command.add_argument("--dry-run", action="store_true", help="read and check everything, store nothing")
    command.add_argument("--no-analysis", action="store_true", help="store without analysing")
    _add_method(command)
    command.set_defaults(run=import_folder)


def _add_method(command: argparse.ArgumentParser) -> None:
    command.add_argument("--seed", type=int, default=0, metavar="N", help="where chance begins (default: 0)")
    command.add_argument(
        "--bootstrap", type=int, default=BOOTSTRAP, metavar="N", help=f"repeats (default: {BOOTSTRAP})"
    )
