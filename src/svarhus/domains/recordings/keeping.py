"""How long recordings are kept: the queue's days as they are said now; of a queue that is gone, as they were."""

from datetime import timedelta

from svarhus.domains.organisation.model import Configuration
from svarhus.domains.recordings.model import CallRecording
from svarhus.kit.clock import Instant, after


def days_kept(recording: CallRecording, configuration: Configuration) -> int:
    if recording.queue is None:
        return configuration.organisation.keep_direct_recordings
    queue = next((queue for queue in configuration.queues if queue.key == recording.queue), None)
    return queue.recording.keep_days if queue else recording.keep_days


def kept_until(recording: CallRecording, configuration: Configuration) -> Instant:
    return after(recording.began_at, timedelta(days=days_kept(recording, configuration)))
