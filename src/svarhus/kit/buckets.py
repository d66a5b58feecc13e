"""A mapping that is never changed, and of which another one, with little different, is made at little cost."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

V = TypeVar("V")

_COUNT = 256
"""Buckets: a hundredth of a millisecond to name them all, and forty of ten thousand keys in each."""


class Buckets(Mapping[str, V]):
    """By text. In no particular order."""

    def __init__(self, buckets: tuple[dict[str, V], ...] = ({},) * _COUNT) -> None:
        self._buckets = buckets

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, V]]) -> "Buckets[V]":
        """Of several values of one key, the last."""
        buckets: tuple[dict[str, V], ...] = tuple({} for _ in range(_COUNT))
        for key, value in pairs:
            buckets[hash(key) % _COUNT][key] = value
        return cls(buckets)

    def changed(self, gone: Iterable[str], come: Mapping[str, V]) -> "Buckets[V]":
        """Without these keys, then with these values."""
        new: dict[int, dict[str, V]] = {}
        for key in gone:
            self._to_change(new, key).pop(key, None)
        for key, value in come.items():
            self._to_change(new, key)[key] = value
        if not new:
            return self
        buckets = [*self._buckets]
        for place, bucket in new.items():
            buckets[place] = bucket
        return Buckets(tuple(buckets))

    def _to_change(self, new: dict[int, dict[str, V]], key: str) -> dict[str, V]:
        place = hash(key) % _COUNT
        if place not in new:
            new[place] = dict(self._buckets[place])
        return new[place]

    def __getitem__(self, key: str) -> V:
        return self._buckets[hash(key) % _COUNT][key]

    def __contains__(self, key: object) -> bool:
        return key in self._buckets[hash(key) % _COUNT]

    def __iter__(self) -> Iterator[str]:
        return (key for bucket in self._buckets for key in bucket)

    def __len__(self) -> int:
        return sum(map(len, self._buckets))
