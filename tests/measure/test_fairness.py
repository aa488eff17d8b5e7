from tillit.measure.fairness import Group, fairness, merge_small, share_gap, share_ratio


def group(name, **counts):
    base = {"units": 1000, "chosen": 100, "reviewed": 100, "wrong": 50, "drawn": 100}
    base |= {"drawn_wrong": 10, "drawn_right_chosen": 9, "drawn_wrong_not_chosen": 2}
    return Group(name=name, **(base | counts))


def test_groups_that_are_treated_alike_give_no_alert():
    assert [one.alerts for one in fairness([group("a"), group("b")])] == [(), ()]


def test_the_swedish_case_passes_the_band_by_shares_and_not_by_chances_and_the_gap_in_precision_tells():
    """A Swedish agency's public figures: 56.1 % women by chance, 67.4 % of the selected; right 46.0 and 50.4 %."""
    assert round(share_ratio({"women": 674, "men": 326}, {"women": 561, "men": 439}, "women"), 2) == 1.2
    women = group("women", units=5610, chosen=6740, reviewed=6740, wrong=3100)
    men = group("men", units=4390, chosen=3260, reviewed=3260, wrong=1643)
    found = fairness([women, men])
    assert round(found[0].selection, 2) == 1.62
    assert found[0].alerts == ("selection", "precision")
    assert round(found[0].gap[0], 3) == -0.044


def test_a_small_group_is_never_told_alone():
    groups = [group("a"), group("b", units=7), group("c", units=9), group("d", units=500)]
    assert [(one.name, one.units) for one in merge_small(groups)] == [("a", 1000), ("övriga", 516)]


def test_the_right_who_are_chosen_all_the_same_are_a_burden_that_is_counted():
    found = fairness([group("a", drawn_right_chosen=18), group("b")])
    assert found[0].burden == 2.0
    assert found[0].alerts == ("burden",)


def test_days_of_held_payment_are_counted():
    found = fairness([group("a", days_held=10.0), group("b", days_held=5.0)])
    assert (found[0].days_held, found[0].alerts, found[1].alerts) == (2.0, ("days_held",), ())


def test_a_gap_of_nothing_is_not_known():
    assert share_gap(0, 0, 1, 2) == (0.0, -1.0, 1.0)
