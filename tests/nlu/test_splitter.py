"""When one message holds several matters."""

from nlu.components.splitter import clauses, find_matters

WORDS = {"扶手": "BLD01", "垃圾": "SAN01", "lift": "BLD03", "light": "BLD04"}


def classify(texts):
    """Sure of a known word, undecided otherwise."""
    rankings = []
    for text in texts:
        codes = [code for word, code in WORDS.items() if word in text]
        sure = 0.9 / len(codes) if codes else 0.0
        rest = [(code, 0.1) for code in WORDS.values() if code not in codes]
        rankings.append(sorted([(c, sure) for c in codes] + rest, key=lambda row: -row[1]))
    return rankings


def matters(text):
    found = find_matters(text, classify([text])[0], classify)
    return [(text[m.start : m.end], m.leaves[0][0]) for m in found]


def test_two_sure_parts_are_two_matters():
    assert matters("45栋扶手松了,楼下垃圾满了") == [
        ("45栋扶手松了", "BLD01"),
        ("楼下垃圾满了", "SAN01"),
    ]


def test_an_unsure_part_stays_with_the_matter_before_it():
    assert matters("扶手松了,老人差点摔倒,还有垃圾没人收") == [
        ("扶手松了,老人差点摔倒", "BLD01"),
        ("还有垃圾没人收", "SAN01"),
    ]


def test_english_and_splits():
    assert matters("the lift is broken and the light is off") == [
        ("the lift is broken", "BLD03"),
        ("and the light is off", "BLD04"),
    ]


def test_the_same_leaf_twice_is_one_matter():
    assert matters("扶手松了,另一边扶手也松了") == [("扶手松了,另一边扶手也松了", "BLD01")]


def test_a_leaf_the_whole_message_does_not_suggest_is_no_matter():
    ranking = [("BLD01", 0.9), ("PUB01", 0.1)]
    assert len(find_matters("扶手松了,垃圾满了", ranking, classify)) == 1


def test_clauses_have_no_blanks_at_their_ends():
    text = " 灯坏了 。 水停了! "
    assert [text[start:end] for start, end in clauses(text)] == ["灯坏了", "水停了"]
    assert clauses("") == []
