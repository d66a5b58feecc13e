"""What can go wrong with texts of customers.

NotFound
└── NotOurProvider    whoever hands over a text does not know the organisation's key
Invalid
└── NoTexts           there is no number that an SMS could arrive at
Conflict
└── NothingToTell     there is no booking
"""

from svarhus.kit.errors import Conflict, Invalid, NotFound


class NotOurProvider(NotFound):
    id = "not-our-provider"
    title = "There is no such address"


class NoTexts(Invalid):
    id = "no-texts"
    title = "No SMS arrives there"


class NothingToTell(Conflict):
    id = "nothing-to-tell"
    title = "There is nothing to tell"
