"""However large and wrong a file is, it is soon told, in few words."""

import json
import time

import pytest
from pydantic import JsonValue

from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.reading import LARGEST, read
from svarhus.domains.organisation.validation import MOST_TOLD, check_file
from svarhus.kit.workshop import GivenUp
from unit.organisation.small_file import SMALL


def with_list(name: str, entries: list[JsonValue]) -> str:
    document = read(SMALL.encode()).value
    assert isinstance(document, dict)
    return json.dumps({**document, name: entries})


def person(number: int, **others: JsonValue) -> JsonValue:
    return {"key": f"p{number}", "name": "Somebody", "email": f"p{number}@clinic.example", **others}


FILES = {
    "three hundred thousand faults": "queues: [" + "0," * 200_000 + "0]",
    "four megabytes of dashes": "people:\n" + "- 0\n" * 900_000,
    "a list of tags": with_list("people", [person(0, tags=[f"t{number}" for number in range(19_000)])]),
    "numbers in place of words": with_list("people", [person(0, tags=list(range(19_000)))]),
    "thousands who are not there": with_list(
        "queues", [{"key": "q", "name": "Q", "members": [{"person": f"zz{number}"} for number in range(6000)]}]
    ),
    "a chain of tags": with_list(
        "tags", [{"key": f"t{number}", "name": "a", "parent": f"t{number + 1}"} for number in range(10_000)]
    ),
    "aliases": "a: &a [1]\nb: [" + "*a," * 1_000_000 + "*a]",
    "laughs": "a: &a [l]\nb: &b [*a,*a]\nc: [*b,*b]",
    "depth": "a: " + "[" * 1_000_000,
    "one key": "x" * (LARGEST - 10) + ": 1",
}


@pytest.mark.parametrize("file", FILES.values(), ids=FILES.keys())
def test_it_is_refused_soon_and_in_few_words(file: str) -> None:
    begun = time.thread_time()
    with pytest.raises(FaultyFile) as told:
        check_file(file.encode())
    assert time.thread_time() - begun < 10, "seconds of the processor, on a slow machine"
    assert 0 < len(told.value.faults) <= MOST_TOLD
    assert len(str(told.value.faults)) < 100_000


def test_more_faults_than_are_named_are_spoken_of() -> None:
    with pytest.raises(FaultyFile) as told:
        check_file(FILES["three hundred thousand faults"].encode())
    assert told.value.detail == "The organisation has more than 100 faults; the first are named."


def test_work_that_nobody_waits_for_ends() -> None:
    looks = 0

    def give_up() -> None:
        nonlocal looks
        looks += 1
        if looks == 3:
            raise GivenUp

    with pytest.raises(GivenUp):
        check_file(FILES["four megabytes of dashes"].encode(), give_up)
    assert looks == 3
