"""A second factor keeps out who only knows the password."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from database import WEAK_HASHER
from integration.conftest import TestClock
from integration.people.conftest import ANNA, BO, CLINIC, HERE, People, actions
from svarhus.app.organisations import organisations
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.people.errors import (
    NoSecondFactor,
    SecondFactorNeeded,
    SecondFactorOn,
    SecondFactorRequired,
    SignInExpired,
    TooManyAttempts,
    Unreadable,
    WrongCode,
    WrongConfirmation,
    WrongSignIn,
)
from svarhus.domains.people.model import SignInRules
from svarhus.domains.people.sealing import is_sealed
from svarhus.kit.database import Database
from svarhus.kit.errors import NotSignedIn, Refused


async def test_the_password_alone_no_longer_suffices(people: People, clock: TestClock) -> None:
    secret, _ = await people.second_factor(BO)
    clock.pass_by(timedelta(seconds=30))
    step = await people.step("bo")
    assert step.step == "code"
    with pytest.raises(WrongCode):
        await people.wired.sign_in.enter_code(step.ticket, "000000", HERE)
    begun = await people.wired.sign_in.enter_code(
        step.ticket, f" {people.code(secret)[:3]} {people.code(secret)[3:]}", HERE
    )
    assert (await people.wired.sign_in.signed_in(begun.token)).person == "bo"
    with pytest.raises(SignInExpired):
        await people.wired.sign_in.enter_code(step.ticket, people.code(secret, 1), HERE)


async def test_it_is_on_only_when_a_code_was_given_back(people: People) -> None:
    begun = await people.wired.second_factors.begin(CLINIC, BO)
    assert begun.address.startswith("otpauth://totp/")
    assert begun.qr_code.path.startswith("M")
    with pytest.raises(WrongConfirmation):
        await people.wired.second_factors.confirm(CLINIC, BO, "123456")
    await people.session("bo")
    assert len(await people.wired.second_factors.confirm(CLINIC, BO, people.code(begun.secret))) == 10
    await people.step("bo")
    with pytest.raises(SecondFactorOn):
        await people.wired.second_factors.begin(CLINIC, BO)


async def test_no_code_is_taken_twice(people: People, clock: TestClock) -> None:
    secret, _ = await people.second_factor(BO)
    with pytest.raises(WrongCode):
        await people.wired.second_factors.use(CLINIC, BO, people.code(secret))
    clock.pass_by(timedelta(seconds=30))
    await people.wired.second_factors.use(CLINIC, BO, people.code(secret))
    with pytest.raises(WrongCode):
        await people.wired.second_factors.use(CLINIC, BO, people.code(secret))
    with pytest.raises(WrongCode):
        await people.wired.second_factors.use(CLINIC, BO, people.code(secret, -1))


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
async def test_clocks_may_differ_by_half_a_minute(people: People, clock: TestClock, steps: int, fits: bool) -> None:
    secret, _ = await people.second_factor(BO)
    clock.pass_by(timedelta(minutes=5))
    if fits:
        await people.wired.second_factors.use(CLINIC, BO, people.code(secret, steps))
    else:
        with pytest.raises(WrongCode):
            await people.wired.second_factors.use(CLINIC, BO, people.code(secret, steps))


async def test_a_recovery_code_lets_in_once(people: People) -> None:
    _, codes = await people.second_factor(BO)
    assert len(set(codes)) == 10
    step = await people.step("bo")
    await people.wired.sign_in.enter_code(step.ticket, codes[0].upper().replace("-", " "), HERE)
    step = await people.step("bo")
    with pytest.raises(WrongCode):
        await people.wired.sign_in.enter_code(step.ticket, codes[0], HERE)
    assert (await people.wired.second_factors.state(CLINIC, BO)).recovery_codes_left == 9
    new = await people.wired.second_factors.renew_recovery_codes(CLINIC, BO)
    with pytest.raises(WrongCode):
        await people.wired.second_factors.use(CLINIC, BO, codes[1])
    await people.wired.second_factors.use(CLINIC, BO, new[0])
    assert "recovery-code-used" in await actions(people.wired)


async def test_guessing_codes_costs_longer_and_longer(people: People, clock: TestClock) -> None:
    secret, _ = await people.second_factor(BO)
    for _ in range(3):
        step = await people.step("bo")
        with pytest.raises(WrongCode):
            await people.wired.sign_in.enter_code(step.ticket, "000000", HERE)
    step = await people.step("bo")
    with pytest.raises(TooManyAttempts):
        await people.wired.sign_in.enter_code(step.ticket, people.code(secret, 1), HERE)
    clock.pass_by(timedelta(minutes=6))
    await people.wired.sign_in.enter_code(step.ticket, people.code(secret), HERE)


async def test_the_second_step_holds_for_ten_minutes(people: People, clock: TestClock) -> None:
    secret, _ = await people.second_factor(BO)
    step = await people.step("bo")
    clock.pass_by(timedelta(minutes=10))
    with pytest.raises(SignInExpired):
        await people.wired.sign_in.enter_code(step.ticket, people.code(secret), HERE)
    await people.wired.sign_in.forget_old()


async def test_a_wrong_password_tells_nothing_of_the_second_factor(people: People) -> None:
    await people.second_factor(BO)
    with pytest.raises(WrongSignIn):
        await people.password("bo", "wrong")


def demanding(configuration: Configuration) -> Configuration:
    rules = configuration.organisation.model_copy(update={"sign_in": SignInRules(second_factor="required")})
    return configuration.model_copy(update={"organisation": rules})


async def test_an_administrator_demands_it_of_all(people: People, clock: TestClock) -> None:
    anna, bo = await people.actor("anna"), await people.session("bo")
    with pytest.raises(SecondFactorNeeded):
        await people.wired.service.change(anna, demanding, "demanded")
    await people.second_factor(ANNA)
    await people.wired.service.change(anna, demanding, "demanded")
    with pytest.raises(NotSignedIn):
        await people.wired.sign_in.signed_in(bo.token)
    step = await people.step("bo")
    assert step.step == "set_up"
    with pytest.raises(SignInExpired):
        await people.wired.sign_in.enter_code(step.ticket, "000000", HERE)
    secret = (await people.wired.sign_in.begin_set_up(step.ticket)).secret
    begun = await people.wired.sign_in.finish_set_up(step.ticket, people.code(secret), HERE)
    assert len(begun.recovery_codes) == 10
    assert (await people.step("bo")).step == "code"
    with pytest.raises(SecondFactorRequired):
        await people.wired.second_factors.turn_off(CLINIC, BO)


async def test_who_has_lost_it_is_helped_by_an_administrator(people: People) -> None:
    await people.second_factor(BO)
    anna = await people.actor("anna")
    await people.wired.sign_in.may_let_in(anna, BO)
    await people.wired.second_factors.reset(anna, BO)
    bo = await people.actor("bo")
    with pytest.raises(Refused):
        await people.wired.sign_in.may_let_in(bo, ANNA)
    with pytest.raises(NoSecondFactor):
        await people.wired.second_factors.reset(anna, BO)
    assert "second-factor-reset" in await actions(people.wired)


async def test_turning_it_off(people: People) -> None:
    await people.second_factor(BO)
    await people.wired.second_factors.turn_off(CLINIC, BO)
    await people.session("bo")
    with pytest.raises(NoSecondFactor):
        await people.wired.second_factors.renew_recovery_codes(CLINIC, BO)


async def _kept(database: Database) -> str:
    async with database.begin() as session:
        return str((await session.execute(text("select secret from second_factors"))).scalar_one())


async def test_the_database_alone_does_not_tell_the_secret(people: People, database: Database) -> None:
    secret, _ = await people.second_factor(BO)
    kept = await _kept(database)
    assert is_sealed(kept)
    assert secret not in kept


async def test_a_secret_that_was_kept_in_clear_counts_and_is_sealed_at_the_next_start(
    people: People, database: Database, clock: TestClock
) -> None:
    secret, _ = await people.second_factor(BO)
    async with database.begin() as session:
        await session.execute(text("update second_factors set secret = :secret"), {"secret": secret})
    clock.pass_by(timedelta(seconds=30))
    await people.wired.second_factors.use(CLINIC, BO, people.code(secret))
    assert await people.wired.second_factors.seal_old(CLINIC) == 1
    assert await people.wired.second_factors.seal_old(CLINIC) == 0
    assert is_sealed(await _kept(database))
    clock.pass_by(timedelta(seconds=30))
    await people.wired.second_factors.use(CLINIC, BO, people.code(secret))


async def test_with_another_key_only_a_recovery_code_lets_in(
    people: People, database: Database, clock: TestClock
) -> None:
    secret, codes = await people.second_factor(BO)
    elsewhere = organisations(database, clock, WEAK_HASHER).second_factors
    clock.pass_by(timedelta(seconds=30))
    with pytest.raises(Unreadable):
        await elsewhere.use(CLINIC, BO, people.code(secret))
    await elsewhere.use(CLINIC, BO, codes[0])
