from svarhus.app.figures import Figure, table


def test_ratio_and_goal() -> None:
    assert Figure("calls", "1/s", ours=50, peer=40, goal=40, better="higher").row() == {
        "figure": "calls",
        "unit": "1/s",
        "ours": 50,
        "peer": 40,
        "ratio": 1.25,
        "goal": 40,
        "met": True,
    }
    assert Figure("cpu", "ms", ours=9.0, goal=8.0).met is False
    assert Figure("cpu", "ms", ours=9.0).met is None


def test_the_table_has_a_line_for_each_figure() -> None:
    lines = table([Figure("calls", "1/s", 50.0), Figure("cpu a call", "ms", 9.0, goal=8.0)]).splitlines()
    assert lines[0].split() == ["figure", "unit", "ours", "peer", "ratio", "goal", "met"]
    assert lines[2].split()[-1] == "no"
    assert len(lines) == 3
