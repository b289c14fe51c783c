import pytest

from submissions.lifecycle import IllegalMove, StaleSubmission, revise, sort, undo
from submissions.models import Basis, HousePolicy, Kind, Party, ProofRule, SignOff
from submissions.moderation.details import fill_in
from submissions.publishing.sign_off import SignOffOwed, make_ready, proof_owed, standing
from submissions.states import State
from tests.factories import TEXT, make_submission, make_user
from tests.publishing.pieces import edited

pytestmark = pytest.mark.usefixtures("house")


def new_rules(kind, proof):
    HousePolicy.objects.create(kind=kind, number=2, proof=proof, max_words=800, terms="As before.")


@pytest.fixture
def editor():
    return make_user("Letters editor")


@pytest.fixture
def accepted():
    return make_submission(State.ACCEPTED)


@pytest.fixture
def rewritten(accepted, editor):
    revise(accepted, edited(accepted, body="Quite another text."), by=editor, expecting=accepted.version)
    return accepted


def test_proof_is_not_owed_for_what_was_never_edited(accepted):
    new_rules(Kind.LETTER, ProofRule.ALWAYS)

    assert not proof_owed(accepted)


@pytest.mark.parametrize(
    ("rule", "body", "owed"),
    [
        (ProofRule.ALWAYS, TEXT.replace("week.", "week!"), True),
        (ProofRule.NEVER, "Quite another text.", False),
        (ProofRule.WHEN_CHANGED, TEXT.replace("week.", "week!"), False),
        (ProofRule.WHEN_CHANGED, TEXT.replace("An inspection takes a week. ", ""), False),
        (ProofRule.WHEN_CHANGED, TEXT.partition("\n\n")[0], True),
        (ProofRule.WHEN_CHANGED, TEXT.replace("a week", "a year"), True),
    ],
    ids=["always", "never", "style", "small cut", "large cut", "another word"],
)
def test_proof_is_owed_as_the_rules_say(accepted, editor, rule, body, owed):
    new_rules(Kind.LETTER, rule)
    revise(accepted, edited(accepted, body=body), by=editor, expecting=accepted.version)

    assert proof_owed(accepted) is owed


def test_proof_is_owed_still_when_the_writer_fills_in_a_town(accepted, editor):
    new_rules(Kind.LETTER, ProofRule.ALWAYS)
    revise(accepted, edited(accepted, body="Quite another text."), by=editor, expecting=accepted.version)
    fill_in(accepted, {"city": "Sheridan"}, by=Party.WRITER)
    accepted.refresh_from_db()

    assert (accepted.current.byline, accepted.current.editor) == ("W. Prairie, Sheridan", None)
    assert accepted.own_text().number == 0
    assert proof_owed(accepted)


def test_proof_is_not_owed_for_what_the_writer_sent_anew(accepted, editor):
    new_rules(Kind.LETTER, ProofRule.ALWAYS)
    revise(accepted, edited(accepted, body="Quite another text."), by=editor, expecting=accepted.version)
    sent = edited(accepted, body="As I would have it.", reason="writer_sent")
    revise(accepted, sent, by=Party.WRITER, expecting=accepted.version)

    assert not proof_owed(accepted)


def test_proof_is_not_owed_for_a_headline(accepted, editor):
    revise(accepted, edited(accepted, headline="Ours"), by=editor, expecting=accepted.version)

    assert not proof_owed(accepted)


def test_make_ready_binds_the_sign_off_to_the_text(accepted, editor):
    sign_off = make_ready(accepted, by=editor, expecting=accepted.version)

    assert (sign_off.revision, sign_off.sha256) == (accepted.current, accepted.current.sha256)
    assert (sign_off.basis, sign_off.how, sign_off.by) == (Basis.NOT_OWED, "", editor)
    assert accepted.state == State.READY
    assert standing(accepted) == sign_off


def test_make_ready_is_refused_while_the_writer_must_agree(rewritten, editor):
    with pytest.raises(SignOffOwed, match="must agree"):
        make_ready(rewritten, by=editor, expecting=rewritten.version)

    assert rewritten.state == State.ACCEPTED
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("how", ["mail", "phone"])
def test_make_ready_records_how_the_writer_agreed(rewritten, editor, how):
    sign_off = make_ready(rewritten, by=editor, expecting=rewritten.version, how=how)

    assert (sign_off.basis, sign_off.how, sign_off.by) == (Basis.SIGNED, how, editor)
    assert rewritten.events.last().data["basis"] == Basis.SIGNED


def test_make_ready_knows_no_other_way_to_agree(rewritten, editor):
    with pytest.raises(ValueError, match="by mail or by phone"):
        make_ready(rewritten, by=editor, expecting=rewritten.version, how="silence")


def test_make_ready_lets_a_chief_do_without(rewritten):
    chief = make_user("Chief editor")

    sign_off = make_ready(rewritten, by=chief, expecting=rewritten.version, waive="unreachable")

    assert (sign_off.basis, sign_off.how, sign_off.by) == (Basis.WAIVED, "unreachable", chief)


@pytest.mark.parametrize("who", ["editor", "system"])
def test_make_ready_lets_nobody_else_do_without(rewritten, editor, who):
    with pytest.raises(SignOffOwed, match="chief editor"):
        make_ready(
            rewritten,
            by={"editor": editor, "system": Party.SYSTEM}[who],
            expecting=rewritten.version,
            waive="unreachable",
        )


def test_make_ready_again_keeps_the_sign_off(accepted, editor):
    first = make_ready(accepted, by=editor, expecting=accepted.version)
    undo(accepted, by=editor, expecting=accepted.version)

    assert make_ready(accepted, by=editor, expecting=accepted.version) == first


def test_make_ready_refuses_a_stale_decision(accepted, editor):
    with pytest.raises(StaleSubmission):
        make_ready(accepted, by=editor, expecting=accepted.version - 1)


def test_make_ready_refuses_what_was_not_accepted(editor):
    queued = make_submission(State.QUEUED)

    with pytest.raises(IllegalMove):
        make_ready(queued, by=editor, expecting=queued.version)


def test_sign_off_does_not_stand_for_another_text(accepted, editor):
    make_ready(accepted, by=editor, expecting=accepted.version)
    revise(accepted, edited(accepted, headline="Ours"), by=editor, expecting=accepted.version)

    assert standing(accepted) is None


def test_sign_off_that_was_not_owed_falls_when_the_piece_becomes_one_that_owes_it(accepted, editor):
    new_rules(Kind.OPINION, ProofRule.ALWAYS)
    revise(accepted, edited(accepted, headline="Ours"), by=editor, expecting=accepted.version)
    make_ready(accepted, by=editor, expecting=accepted.version)
    undo(accepted, by=editor, expecting=accepted.version)
    sort(accepted, Kind.OPINION, by=editor, expecting=accepted.version)
    assert standing(accepted) is None

    signed = make_ready(accepted, by=editor, expecting=accepted.version, how="mail")

    assert standing(accepted) == signed
    assert signed.basis == Basis.SIGNED


def test_sign_off_that_was_not_owed_outlives_later_rules(accepted, editor):
    revise(accepted, edited(accepted, headline="Ours"), by=editor, expecting=accepted.version)
    sign_off = make_ready(accepted, by=editor, expecting=accepted.version)

    new_rules(Kind.LETTER, ProofRule.ALWAYS)

    assert standing(accepted) == sign_off
