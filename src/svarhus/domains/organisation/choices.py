"""What people choose of their own card is no setting of the organisation. It makes no revision, holds in whatever
revision is in force, and ends when an administrator writes that setting of the person, or when the person leaves."""

from collections.abc import Collection, Mapping

from svarhus.domains.organisation.difference import Differing, difference
from svarhus.domains.organisation.listed import index_of, with_parts
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.people.model import OwnCard, Person, leads
from svarhus.kit.buckets import Buckets
from svarhus.kit.listed import Listed, listed

CHOSEN = tuple(OwnCard.model_fields)
"""Settings of a person's card that are the person's own choice."""

Choice = Mapping[str, str | None]
"""What somebody has chosen, by the name of the setting. None: to have none."""

Choices = Buckets[Choice]
"""By the key of the person."""

NONE = Choices()


def with_choice(person: Person, choice: Choice) -> Person:
    """The person as the choice says; the same object where nothing is different."""
    other = {name: value for name, value in choice.items() if getattr(person, name) != value}
    return person.model_copy(update=other) if other else person


def chosen_since(choices: Choices, come: Mapping[str, Choice]) -> Choices:
    """With these in place of what the same people had chosen; who has an empty choice has chosen nothing more."""
    gone = [key for key, choice in come.items() if not choice]
    return choices.changed(gone, {key: choice for key, choice in come.items() if choice})


def presentable(configuration: Configuration, person: Person | None = None) -> tuple[str, ...]:
    """Numbers of the organisation that may be shown to those who are called: by this person, or by anybody."""
    ours = [number.number for number in configuration.numbers]
    shown = [configuration.organisation.outgoing.presented, *(queue.presented for queue in configuration.queues)]
    refused = set[str]()
    if person:
        leading = leads(person, configuration.roles)
        refused = {
            each.number for each in configuration.numbers if not each.presenting.lets(person.key, supervisor=leading)
        }
    found = dict.fromkeys([*ours, *(number for number in shown if number)])
    return tuple(number for number in found if number not in refused)


# ---- as it holds


def laid_over(document: Configuration, choices: Choices) -> Configuration:
    """The configuration as it holds: what people have chosen, over what was written."""
    index = index_of("people", document.people) if choices else {}
    found = {key: (index[key], choice) for key, choice in choices.items() if key in index}
    other = {key: with_choice(person, choice) for key, (person, choice) in found.items()}
    return _with_people(document, other)


def laid_over_again(held: Configuration, written: Configuration, come: Mapping[str, Choice]) -> Configuration:
    """The same when these were chosen since. `held`: as it held; `written`: the document."""
    people = index_of("people", written.people)
    return _with_people(held, {key: with_choice(people[key], choice) for key, choice in come.items() if key in people})


def laid_over_other(
    document: Configuration, choices: Choices, written: Configuration, held: Configuration
) -> Configuration:
    """The same of another document. `written`, `held`: one with the same choices, as it was written and as it held;
    what is alike are the same objects."""
    if document is written:
        return held
    if held.people is written.people:
        return laid_over(document, choices)
    if document.people is written.people:
        return document.model_copy(update={"people": held.people})
    differing = difference(written, document).of("people")
    new = {key: with_choice(person, choices.get(key, {})) for key, person in _people(differing.new).items()}
    people = _image(document.people, written.people, held.people, differing.removed, new)
    return document.model_copy(update={"people": people})


# ---- what an administrator changes


def carried_over(wanted: Configuration, base: Configuration, now: Configuration) -> Configuration:
    """What was wanted of a configuration, when people have chosen since it was read: they are left alone."""
    since = difference(base, now).of("people")
    index, other = index_of("people", wanted.people), dict[str, Person]()
    for key, person in _people(since.new).items():
        mine, was = index.get(key), since.before.get(key)
        if mine and isinstance(was, Person):
            untouched = [name for name in CHOSEN if getattr(mine, name) == getattr(was, name)]
            other[key] = with_choice(mine, {name: getattr(person, name) for name in untouched})
    return _with_people(wanted, other)


def without_lost_numbers(
    wanted: Configuration, held: Configuration, written: Configuration, choices: Choices
) -> Configuration:
    """What is wanted, where nobody goes on to show by own choice a number that is the organisation's no more."""
    index, kept = index_of("people", wanted.people), index_of("people", written.people)
    losing = _losing(wanted, held, choices)
    other = {key: with_choice(index[key], {"presented": kept[key].presented}) for key in losing if key in kept}
    return _with_people(wanted, other)


def still_chosen(
    wanted: Configuration, held: Configuration, people: Differing, choices: Choices
) -> Mapping[str, Choice]:
    """What is left of choices of which something ends, by person. `people`: how those differ from as it held."""
    if not choices:
        return {}
    left: dict[str, Choice] = {key: {} for key in people.removed if key in choices}
    losing, index = _losing(wanted, held, choices), index_of("people", wanted.people)
    for key in {*people.new, *losing}:
        choice, person = choices.get(key, {}), index[key] if key in people.before or key in losing else None
        # Whoever comes has chosen nothing yet; what is written outright is the administrator's word.
        still = {name: value for name, value in choice.items() if person and getattr(person, name) == value}
        if key in losing:
            still.pop("presented", None)
        if len(still) < len(choice):
            left[key] = still
    return left


def as_written(
    wanted: Configuration,
    held: Configuration,
    written: Configuration,
    people: Differing,
    choices: Choices,
    left: Mapping[str, Choice],
) -> Configuration:
    """The document to keep of a wanted configuration: what people chose stays beside it.

    `held`, `written`: as it held, and as it was written; `left`: see `still_chosen`.
    """
    if not choices:
        return wanted
    if wanted.people is held.people and not left:
        return wanted.model_copy(update={"people": written.people})
    index, kept = index_of("people", wanted.people), index_of("people", written.people)
    looked_at = {key: index[key] for key in {*people.new, *left} if key in index}
    new = {
        key: _as_kept(person, kept[key], left.get(key, choices.get(key, {}))) if key in kept else person
        for key, person in looked_at.items()
    }
    return wanted.model_copy(update={"people": _image(wanted.people, held.people, written.people, people.removed, new)})


def _losing(wanted: Configuration, held: Configuration, choices: Choices) -> Collection[str]:
    """Who shows by own choice a number that is the organisation's no more."""
    same = wanted.numbers is held.numbers and wanted.queues is held.queues
    if same and wanted.organisation is held.organisation:
        return ()
    gone = {*presentable(held)}.difference(presentable(wanted))
    index = index_of("people", wanted.people) if gone else {}
    shown = ((key, choice["presented"]) for key, choice in choices.items() if gone and "presented" in choice)
    return {key for key, number in shown if number in gone and key in index and index[key].presented == number}


def _as_kept(person: Person, kept: Person, choice: Choice) -> Person:
    """With what was written where the person has chosen; the object that is kept where nothing else differs."""
    written = with_choice(person, {name: getattr(kept, name) for name in choice})
    return kept if written == kept else written


def _with_people(configuration: Configuration, other: Mapping[str, Person]) -> Configuration:
    if not other:
        return configuration
    return configuration.model_copy(update={"people": with_parts("people", configuration.people, other)})


def _image(
    people: tuple[Person, ...],
    known: tuple[Person, ...],
    image: tuple[Person, ...],
    gone: Collection[str],
    new: Mapping[str, Person],
) -> Listed[Person]:
    """Of each of the people their image: what those who are known have, or what is `new`, by key.

    `known`, `image`: the same people in the same order.
    """
    index, own = index_of("people", image).changed(gone, new), index_of("people", people)
    images = dict(zip(map(id, known), image, strict=True))
    images |= {id(own[key]): person for key, person in new.items()}
    return listed((images.get(id(person)) or index[person.key] for person in people), index)


def _people(parts: Mapping[str, object]) -> dict[str, Person]:
    return {key: part for key, part in parts.items() if isinstance(part, Person)}
