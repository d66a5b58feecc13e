"""Whether what a queue says fits together."""

from collections.abc import Iterator

from svarhus.domains.audio.model import Playlist
from svarhus.domains.organisation.draft import Draft
from svarhus.domains.organisation.reading import Path
from svarhus.domains.organisation.shape import Finding
from svarhus.domains.queues.entry import WayOn
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.recording import RecordingMode
from svarhus.domains.queues.texting import BookingWord, clash
from svarhus.domains.queues.waiting_sound import ALWAYS_THERE
from svarhus.ports.telephony import RINGING_TONE


def incoherent_queues(draft: Draft) -> Iterator[Finding]:
    """Ways that lead nowhere, and playlists that take the name of one that is always there."""
    for path, playlist in draft.each("playlists", Playlist):
        if playlist.key in (ALWAYS_THERE, RINGING_TONE):
            yield Finding(
                (*path, "key"),
                f"`{playlist.key}` is always there",
                "Choose another key.",
                reason="playlist-always-there",
                values=(playlist.key,),
            )
    for path, queue in draft.each("queues", Queue):
        yield from _way_on(path, queue)
        yield from _recording(path, queue)
    yield from _words(draft)


def _words(draft: Draft) -> Iterator[Finding]:
    """Words that two queues claim, or that cancel."""
    cancels = [word.casefold() for word in draft.organisation.cancel_words] if draft.organisation else []
    seen: list[tuple[str, BookingWord]] = []
    for path, queue in draft.every("queues", Queue):
        for index, each in enumerate(queue.callbacks.by_text if queue.callbacks else ()):
            at = (*path, "callbacks", "by_text", index, "word")
            if each.word.casefold() in cancels:
                yield Finding(
                    at,
                    f"`{each.word}` cancels callbacks",
                    "Choose another word.",
                    reason="text-word-cancels",
                    values=(each.word,),
                )
            other = next((key for key, theirs in seen if key != queue.key and clash(each, theirs)), None)
            if other:
                yield Finding(
                    at,
                    f"`{each.word}` books in `{other}` already",
                    "Choose another word, or another number for one of them.",
                    reason="text-word-elsewhere",
                    values=(each.word, other),
                )
            seen.append((queue.key, each))


def _way_on(path: Path, queue: Queue) -> Iterator[Finding]:
    if queue.entry.way_on is WayOn.NUMBER and queue.entry.number is None:
        yield Finding(
            (*path, "entry", "number"),
            "it is not said which number takes those who are not let in",
            "Give its `number`, or choose another `way_on`.",
            reason="way-on-without-number",
        )
    if queue.entry.number and queue.entry.number == queue.extension:
        yield Finding(
            (*path, "entry", "number"),
            "those who are not let in would be led to the same queue",
            "Give another number.",
            reason="way-on-leads-back",
        )


def _recording(path: Path, queue: Queue) -> Iterator[Finding]:
    settings = queue.recording
    if settings.mode is RecordingMode.SHARE and settings.share is None:
        yield Finding(
            (*path, "recording", "share"),
            "it is not said what share of the calls is recorded",
            "Give its `share` in percent, or choose another `mode`.",
            reason="recording-without-share",
        )
    if settings.message and not settings.notice:
        yield Finding(
            (*path, "recording", "message"),
            "nobody hears this message, since callers are not told",
            "Set `notice: true`, or leave the message out.",
            reason="recording-message-unheard",
        )
