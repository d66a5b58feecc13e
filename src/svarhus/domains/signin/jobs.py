"""What is done now and then with what people sign in by."""

import msgspec

from svarhus.domains.signin.service import SignIn
from svarhus.kit.jobs.model import Attempt, JobKind, Jobs, Schedule, Work


class ForgetOld(msgspec.Struct, frozen=True):
    """Forget sessions, links and failures to sign in that no longer count."""


FORGET_OLD = JobKind("people.forget-old", ForgetOld)


def people_jobs(sign_in: SignIn) -> Jobs:
    async def forget_old(_: ForgetOld, __: Attempt) -> None:
        await sign_in.forget_old()

    return Jobs((Work(FORGET_OLD, forget_old),), (Schedule.of("7 * * * *", FORGET_OLD, ForgetOld()),))
