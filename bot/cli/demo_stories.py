"""The stories of the demo: a singer at midday, a loose handrail, a child after school."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from bot.cli.demo_cast import Player


@dataclass(frozen=True, kw_only=True)
class Story:
    title: str
    about: str
    told: str
    place: str  #: what is said if the place is asked for
    kind: str  #: what is tapped if the kind is asked for: how its label begins
    teller: str
    handler: str
    end: str
    play: Callable[[Player, Player], Awaitable[None]]  #: from the number to the verdict


async def _singer(resident: Player, warden: Player) -> None:
    await warden.taps("button_accept")
    await resident.hears("push_accepted")
    await warden.taps("button_go_there")
    await warden.hears("started")
    await resident.hears("push_started")
    await warden.taps("button_resolve")
    await warden.hears("proof_note")
    await warden.says("跟阿姨聊过了,大家同住一个小区,互相体谅。她说以后中午不唱,改到下午四点以后")
    await resident.taps("button_satisfied")
    await resident.hears("rated_satisfied")


async def _handrail(resident: Player, office: Player) -> None:
    await office.taps("button_accept")
    await resident.hears("push_accepted")
    await office.taps("button_ask_reporter")
    await office.hears("relay_write_question")
    await office.says("是几楼的扶手?")
    await resident.taps("button_answer")
    await resident.hears("relay_write_answer")
    await resident.says("三楼转角那一段,螺丝都掉光了")
    await office.hears("relay_answer")
    await office.taps("button_go_there")
    await office.taps("button_note")
    await office.hears("note_ask")
    await office.says("到了,三楼转角,先拿铁丝绑牢,明天换螺丝")
    await office.taps("button_share")
    await resident.hears("relay_note")
    await office.taps("button_resolve")
    await office.hears("proof_photo")
    await office.shows(_handrail_photo())
    await resident.taps("button_satisfied")
    await resident.hears("rated_satisfied")


async def _childcare(resident: Player, warden: Player) -> None:
    await warden.taps("button_accept")
    await resident.hears("push_accepted")
    await warden.taps("button_message_reporter")
    await warden.hears("relay_write_message")
    await warden.says(
        "会所楼上有公益托管,放学到六点,党员义工可以帮忙接送。周六上午老师在,要不要去看看?"
    )
    await resident.taps("button_reply")
    await resident.hears("relay_write_answer")
    await resident.says("太好了,周六九点我带孩子去")
    await warden.hears("relay_from_reporter")
    await warden.taps("button_resolve")
    await warden.hears("proof_note")
    await warden.says("已经和托管班的老师说好,周六上午九点见面")
    await resident.taps("button_satisfied_need")
    await resident.hears("thanks_need")


def _handrail_photo() -> bytes:
    """A drawn photo: posts, a rail, and the wire that holds it for now."""
    image = Image.new("RGB", (960, 720), "#d9d4c7")
    pen = ImageDraw.Draw(image)
    for step in range(6):
        left, top = 120 + step * 130, 600 - step * 70
        pen.rectangle((left - 60, top, left + 70, top + 90), fill="#b9b2a2")
        pen.line((left, top, left, top - 220), fill="#6b4a2f", width=14)
    pen.line((100, 390, 800, 15), fill="#7d5836", width=26)
    for turn in range(9):
        height = 262 - turn * 9
        pen.line((352 + turn * 3, height, 412 + turn * 3, height - 16), fill="#e6e9ec", width=6)
    raw = BytesIO()
    image.save(raw, "JPEG", quality=85)
    return raw.getvalue()


STORIES = {
    "singer": Story(
        title="中午的歌声",
        about="A complaint about a neighbour; nobody learns whose it was.",
        told="中午十二点多,有位阿姨在口袋公园放声唱歌,家里老人睡不了午觉",
        place="口袋公园",
        kind="邻居噪声",
        teller="何姨",
        handler="网格员阿欣",
        end="the talk was had, the resident is content.",
        play=_singer,
    ),
    "handrail": Story(
        title="楼梯扶手",
        about="A danger: asked back, fixed for the time being, shown by a photo.",
        told="45栋楼梯扶手松了,我妈早上差点摔下去",
        place="45栋",
        kind="楼梯扶手",
        teller="阿强",
        handler="物业小黄",
        end="wired up for now; the new rail is for everybody to decide.",
        play=_handrail,
    ),
    "childcare": Story(
        title="放学以后",
        about="A need: somebody introduces somebody.",
        told="我们两口子都上班,孩子放学没人接,社区有没有托管?",
        place="50栋",
        kind="儿童托管",
        teller="小薇妈妈",
        handler="网格员阿欣",
        end="the parent and the teacher meet on Saturday.",
        play=_childcare,
    ),
}
