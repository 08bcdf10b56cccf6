"""What WeChat allows for whom, what was answered at once, and what became of what was sent."""

from sqlalchemy import Column, Float, Index, Integer, String, Table, Text

from actions.adapters.database.schema.base import BigId, UtcDateTime, metadata

#: How many customer-service messages a user may still be sent, by what they did last (`kind` is
#: message or click). `account` is our own name there, `openid` the user's.
wechat_windows = Table(
    "wechat_windows",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("openid", String(64), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("until", UtcDateTime, nullable=False),
    Column("left", Integer, nullable=False),
)

#: What was said within a callback, for the same callback when it comes again on any process.
wechat_replies = Table(
    "wechat_replies",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("openid", String(64), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_wechat_replies_at", "at"),
)

#: Choices somebody may answer by a number: `first` is that of the first button of the row. Numbers
#: go on from one message to the next until something else is written.
wechat_choices = Table(
    "wechat_choices",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("openid", String(64), primary_key=True),
    Column("outbox_id", BigId, primary_key=True, autoincrement=False),
    Column("first", Integer, nullable=False),
    Column("count", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

#: Consents to notices. `left` is how many more may be sent; none where it holds for good.
wechat_consents = Table(
    "wechat_consents",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("openid", String(64), primary_key=True),
    Column("template_id", String(64), primary_key=True),
    Column("left", Integer),
    Column("at", UtcDateTime, nullable=False),
)

#: Template messages and notices by the platform's own number: what it says of them comes later.
wechat_jobs = Table(
    "wechat_jobs",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("msg_id", String(24), primary_key=True),
    Column("openid", String(64), nullable=False, index=True),
    Column("outbox_id", BigId, nullable=False),
    Column("way", String(10), nullable=False),
    Column("status", String(60), nullable=False, server_default=""),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_wechat_jobs_at", "at"),
)

#: The access token of an account, sealed. Whoever fetches a new one has the lease meanwhile.
wechat_tokens = Table(
    "wechat_tokens",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("sealed", Text, nullable=False, server_default=""),
    Column("until", Float, nullable=False, server_default="0"),
    Column("lease_until", Float, nullable=False, server_default="0"),
)
