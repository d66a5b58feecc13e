"""What one leg hears and says: answering, prompts, music, digits, hanging up."""

import asyncio
from collections.abc import Callable, Coroutine

from svarhus.adapters.asterisk.ari import AriClient, path
from svarhus.adapters.asterisk.legs import Leg, Register
from svarhus.adapters.asterisk.names import STATE
from svarhus.adapters.asterisk.wire import Reply
from svarhus.kit.ids import LegId, OrganisationId
from svarhus.ports.telephony import EndCause, Play, PromptFinished, TelephonyEvent

Tell = Callable[[OrganisationId, TelephonyEvent], None]

REASON = {
    EndCause.BUSY: "busy",
    EndCause.DECLINED: "normal",
    EndCause.UNREACHABLE: "unallocated",
    EndCause.REFUSED: "rejected",
    EndCause.NO_ANSWER: "no_answer",
    EndCause.ENGINE_FAILED: "failure",
    EndCause.FAILED: "failure",
}
"""ARI's reason, from which the SIP status towards an unanswered caller follows: 486, 603, 404, 403,
480, 500. (A numeric reason is taken for a Q.850 cause, and 603 is not one.)"""

ELSEWHERE = "answered_elsewhere"
"""ARI's reason with which CANCEL and BYE say that another phone has the call."""

CUT_AGAIN = 0.01
"""Seconds between attempts to stop a prompt that would not be stopped."""
CUTS = 50

A_KEY = 0.2
"""Seconds that Asterisk takes for a digit and the pause after it."""


class Playing:
    """Commands that concern one leg alone."""

    def __init__(self, ari: AriClient, register: Register, tell: Tell) -> None:
        self._ari = ari
        self._register = register
        self._tell = tell
        self._tasks: set[asyncio.Task[None]] = set()
        self._keys: dict[LegId, str] = {}
        """Digits that are still to be sent."""

    def answer(self, leg: Leg) -> None:
        if leg.answered:
            return
        # Asterisk answers only at the end of a prompt, and everything else on our connection would
        # wait with it. So a prompt that plays to an unanswered caller begins again.
        again = leg.prompt
        self.cut_prompt(leg)
        self._ari.send("POST", path("channels", leg.id, "answer"))
        leg.answered = True
        if again is not None:
            self.play(leg, Play(leg.id, again, leg.files))

    def ring(self, leg: Leg) -> None:
        """An answered party gets the tone in its sound, which goes on until it is stopped."""
        if leg.answered:
            self.music_off(leg)
            leg.ring_tone = True
        self._ari.send("POST", path("channels", leg.id, "ring"))

    def _stop_ringing(self, leg: Leg) -> None:
        if leg.ring_tone:
            leg.ring_tone = False
            self._ari.send("DELETE", path("channels", leg.id, "ring"))

    def play(self, leg: Leg, play: Play) -> None:
        self._stop_ringing(leg)
        self.cut_prompt(leg)
        leg.prompt, leg.files = play.prompt, play.files
        leg.playback = play.prompt if leg.playback != play.prompt else f"{play.prompt}~"
        media = ",".join(f"sound:{file.removesuffix('.wav')}" for file in play.files)
        asked = self._ari.send("POST", path("channels", leg.id, "play"), {"media": media, "playbackId": leg.playback})
        playback = leg.playback
        asked.add_done_callback(lambda reply: self._play_refused(leg, playback, reply))
        if leg.music is not None:
            # A prompt ends the music for good. This waits in Asterisk for the end of the prompt, so
            # that the music comes back even when nobody is there to ask for it.
            self._start_music(leg, leg.music)

    def _play_refused(self, leg: Leg, playback: str, asked: asyncio.Future[Reply]) -> None:
        if asked.result().status >= 400 and leg.id in self._register.legs:
            self.finished(leg, playback, failed=True)

    def finished(self, leg: Leg, playback: str, failed: bool) -> None:
        """A playback has come to its end; told only when it was not cut short."""
        if leg.prompt is None or leg.playback != playback:
            return
        prompt, leg.prompt = leg.prompt, None
        self.save(leg)
        self._tell(leg.organisation, PromptFinished(leg.id, prompt, failed))

    def cut_prompt(self, leg: Leg) -> None:
        """Needed before every command that Asterisk would carry out only after the prompt."""
        if leg.prompt is not None:
            leg.prompt = None
            uri = path("playbacks", leg.playback)
            self._ari.send("DELETE", uri).add_done_callback(lambda asked: self._cut_again(uri, asked.result()))
            self.save(leg)

    def _cut_again(self, uri: str, reply: Reply) -> None:
        # In the moment in which a prompt begins, Asterisk says that it plays, but does not stop it. What
        # was sent behind may wait for its end by now, and all other calls with it: so not on that connection.
        if reply.status == 500:
            self._go_on(self._cut_aside(uri))

    async def _cut_aside(self, uri: str) -> None:
        for _ in range(CUTS):
            if (await self._ari.request_aside("DELETE", uri)).status != 500:
                return
            await asyncio.sleep(CUT_AGAIN)

    def music_on(self, leg: Leg, playlist: str) -> None:
        if leg.join is not None and not leg.held:
            return
        self._stop_ringing(leg)
        leg.music = playlist
        # Not by a holding bridge: its music stops when the last caller leaves and does not come back.
        self._start_music(leg, playlist)
        self.remember(leg)

    def music_off(self, leg: Leg) -> None:
        if leg.music is None:
            return
        leg.music = None
        self._stop_music(leg)
        self.remember(leg)

    def _start_music(self, leg: Leg, playlist: str) -> None:
        self._ari.send("POST", path("channels", leg.id, "moh"), {"mohClass": playlist})

    def _stop_music(self, leg: Leg) -> None:
        self._ari.send("DELETE", path("channels", leg.id, "moh"))

    def quiet(self, leg: Leg) -> None:
        """Stop prompts, tones and music before the leg is joined."""
        self._stop_ringing(leg)
        self.cut_prompt(leg)
        if leg.music is not None:
            leg.music = None
            self._stop_music(leg)
            # A new process sees that it is joined; written only when it leaves the join alive.
            leg.unsaved = True

    def mute(self, leg: Leg, on: bool) -> None:
        self._ari.send("POST" if on else "DELETE", path("channels", leg.id, "mute"), {"direction": "in"})

    def send_digits(self, leg: Leg, digits: str) -> None:
        """One by one: while Asterisk sends a string of them, a hold of the leg would wait, and all calls with it."""
        pressed = self._keys.get(leg.id)
        self._keys[leg.id] = (pressed or "") + digits
        if pressed is None:
            self._go_on(self._press(leg))

    async def _press(self, leg: Leg) -> None:
        while (digits := self._keys[leg.id]) and leg.id in self._register.legs:
            self._keys[leg.id] = digits[1:]
            self._ari.send("POST", path("channels", leg.id, "dtmf"), {"dtmf": digits[0]})
            await asyncio.sleep(A_KEY)
        del self._keys[leg.id]
        if leg.music is not None and leg.id in self._register.legs:
            # A digit takes the place of music that has begun before it, for good.
            self._start_music(leg, leg.music)

    def _go_on(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def transfer_progress(self, leg: Leg, succeeded: bool) -> None:
        state = "channel_answered" if succeeded else "channel_unavailable"
        self._ari.send("POST", path("channels", leg.id, "transfer_progress"), {"states": state})

    def hang_up(self, leg: Leg, cause: EndCause, elsewhere: bool) -> None:
        leg.we_hung_up = True
        reason = ELSEWHERE if elsewhere else REASON.get(cause, "normal")
        self._ari.send("DELETE", path("channels", leg.id), {"reason": reason})

    def remember(self, leg: Leg) -> None:
        """Write what a new process must know onto the channel, as soon as that can be done.

        While a prompt plays or a recording runs, Asterisk lets the setting of a variable wait for its
        end, and everything else on our connection would wait with it.
        """
        leg.unsaved = True
        if leg.prompt is None and leg.recording is None:
            self.save(leg)

    def save(self, leg: Leg) -> None:
        """Write it now, if there is something to write."""
        if not leg.unsaved:
            return
        leg.unsaved = False
        state = "|".join((leg.music or "", leg.join or "" if leg.held else "", leg.recording or ""))
        self._ari.send("POST", path("channels", leg.id, "variable"), {"variable": STATE, "value": state})
