"""A worked example as one sentence: what is sold, which step that reaches, what is paid."""

from staffel.cli.pages.figures import figure, short_name
from staffel.cli.voice import Voice
from staffel.core.findings import Text
from staffel.core.outlook.worked import Worked
from staffel.core.programme.model import All, Incentive, Programme
from staffel.core.programme.units import unit_of


def worked_text(programme: Programme, one: Worked, voice: Voice) -> str:
    """`For a partner at the level “Gold”, “Revenue” comes to €50,000.00 from … to …. That is step 2 of 3 and
    brings €600.00.`
    """
    incentive = programme.incentive(one.incentive)
    who, days = _who(programme, incentive, voice), _days(one, voice)
    paid = voice.money(one.coins, programme.currency) + _on(programme, incentive, one, voice)
    measure = incentive.driver or incentive.base
    if one.driver is None or measure is None:
        text = Text(
            en=f"For {who}, the bonus {days} is {paid}.", de=f"Bei {who} beträgt der Bonus {days} {paid}."
        )
        return voice.say(text)
    name = short_name(programme, measure, voice)
    sold = figure(one.driver, one.driver_unit, programme.currency, voice)
    text = Text(
        en=f"For {who}, “{name}” comes to {sold} {days}.", de=f"Bei {who} ergibt „{name}“ {days} {sold}."
    )
    return f"{voice.say(text)} {_brings(one, paid, voice)}"


def _brings(one: Worked, paid: str, voice: Voice) -> str:
    step, steps = one.step, one.steps
    if steps < 2:
        return voice.say(Text(en=f"That brings {paid}.", de=f"Das bringt {paid}."))
    if step == 0:
        text = Text(
            en=f"That is below the first step and brings {paid}.",
            de=f"Das liegt unter der ersten Stufe und bringt {paid}.",
        )
        return voice.say(text)
    return voice.say(
        Text(
            en=f"That is step {step} of {steps} and brings {paid}.",
            de=f"Das ist Stufe {step} von {steps} und bringt {paid}.",
        )
    )


def _days(one: Worked, voice: Voice) -> str:
    first, last = voice.day(one.window.start), voice.day(one.window.last_day)
    return voice.say(Text(en=f"from {first} to {last}", de=f"vom {first} bis {last}"))


def _who(programme: Programme, incentive: Incentive, voice: Voice) -> str:
    """Its level, and that it meets the conditions, where there are any."""
    met = incentive.gate != All()
    if programme.ladder is None:
        plain = Text(en="a partner", de="einem Partner")
        able = Text(
            en="a partner that meets all conditions", de="einem Partner, der alle Bedingungen erfüllt,"
        )
        return voice.say(able if met else plain)
    level = voice.say(programme.ladder.levels[-1].title)
    plain = Text(en=f"a partner at the level “{level}”", de=f"einem Partner der Stufe „{level}“")
    able = Text(
        en=f"a partner at the level “{level}” that meets all conditions",
        de=f"einem Partner der Stufe „{level}“, der alle Bedingungen erfüllt,",
    )
    return voice.say(able if met else plain)


def _on(programme: Programme, incentive: Incentive, one: Worked, voice: Voice) -> str:
    """The base, where it is another figure than what is sold."""
    if one.base is None or incentive.base is None or one.base == one.driver:
        return ""
    name = short_name(programme, incentive.base, voice)
    base = figure(one.base, unit_of(programme, incentive.base), programme.currency, voice)
    return voice.say(Text(en=f" on {base} of “{name}”", de=f" auf {base} „{name}“"))
