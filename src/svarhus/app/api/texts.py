"""What customers are told by SMS and e-mail."""

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.texts import PreviewShown, WantedPreview
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter

router = ApiRouter(tags=["texts"], responses=PROBLEMS)


@router.post("/api/texts/preview")
async def preview(wanted: WantedPreview, actor: SignedIn, services: Services) -> PreviewShown:
    """Words filled in as an example, with their length in parts. Nothing is sent or kept."""
    found = await services.centre.customer_messages.example(actor, wanted.template, wanted.language, wanted.text)
    return PreviewShown.of(found)
