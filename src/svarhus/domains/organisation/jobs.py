"""What is done now and then with what is kept of organisations."""

import msgspec

from svarhus.domains.organisation.service import OrganisationService
from svarhus.kit.jobs.model import Attempt, JobKind, Jobs, Schedule, Work


class ForgetDeparted(msgspec.Struct, frozen=True):
    """Forget what is kept of those who left long ago."""


FORGET_DEPARTED = JobKind("organisation.forget-departed", ForgetDeparted)


def organisation_jobs(service: OrganisationService) -> Jobs:
    async def forget_departed(_: ForgetDeparted, __: Attempt) -> None:
        await service.forget_old()

    return Jobs(
        (Work(FORGET_DEPARTED, forget_departed),), (Schedule.of("11 * * * *", FORGET_DEPARTED, ForgetDeparted()),)
    )
