"""What the pages about tickets read, built over one database."""

from actions.adapters.database.audit import SqlTrail
from actions.adapters.database.board import SqlBoard
from actions.adapters.database.board_ticket import SqlTicketFiles
from actions.adapters.database.board_transcript import SqlTicketTalks
from actions.adapters.database.engine import Database
from actions.adapters.database.talk_list import SqlTalkList
from actions.application.ports import Clock
from actions.application.ports_board import BoardDoors
from actions.domain.community import Community


def board_doors(database: Database, clock: Clock, community: Community) -> BoardDoors:
    trail = SqlTrail(database, clock, community)
    return BoardDoors(
        board=SqlBoard(database, clock, community),
        files=SqlTicketFiles(database, clock, community),
        talks=SqlTicketTalks(database, clock, community, trail),
        talk_list=SqlTalkList(database, clock, community, trail),
    )
