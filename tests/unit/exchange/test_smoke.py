from unit.exchange.house import House


def test_a_caller_is_answered() -> None:
    house = House()
    house.logs_in("anna")
    karin = house.caller_rings()
    house.waits(3)
    karin.presses("1")
    assert house.phone("anna").rings
    anna = house.phone("anna").answers()
    assert anna.hears_voice_of(karin)
    house.waits(30)
    karin.hangs_up()
    house.waits(100)
    house.everything_is_over()
    house.journal_tells_all()
    assert karin.record.talk == 30
