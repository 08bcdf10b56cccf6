"""Noise, animals, plants, and what all use.

Name, Chinese words in simplified characters (Mandarin and Cantonese), English in capitals.
"""

from typing import Final

ROWS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "building site",
        (
            r"工地|打桩|施工|盖楼|挖机|地盘|掘路|修路|地基|风镐|搅拌|渣土|塔吊|动工|修桥|开挖"
            r"|铁板|混凝土|水泥|起楼|模板|挖掘|渣土车|浇筑|打地基|夜间施工|施工队|吊车"
        ),
        (
            r"CONSTRUCTION|BUILDING SITE|PILING|EXCAVAT|CEMENT|CRANE|ROADWORKS|SITE|BULLDOZ"
            r"|DIGGER|CONCRETE POUR|CONTRACTOR"
        ),
    ),
    (
        "renovation",
        (
            r"装修|电钻|钻墙|敲墙|砸墙|冲击钻|电锤|凿|切砖|电批|风炮|拆阳台|拆墙|打水槽|承重墙"
            r"|砖声|动工|开工|钻|敲|电锯|午休|打墙|打孔|切割|锤|敲敲打打|瓷砖切"
        ),
        (
            r"RENOVAT|DRILL|HAMMERING|REMODEL|SAWING|REFIT|POWER TOOL|LOAD-BEARING|SAW"
            r"|WORKS START|HAMMER|POWER DRILL|KNOCK|BUILDERS|REFURB"
        ),
    ),
    (
        "square dance",
        r"广场舞|跳舞|大妈|音箱|领舞|舞曲|跳操|健身操|交谊舞|舞队",
        r"SQUARE DANC|DANC|AEROBIC|LINE DANC|ZUMBA",
    ),
    ("top spinning", r"陀螺|甩鞭|抽鞭", r"SPINNING TOP|WHIP"),
    ("drums", r"架子鼓|打鼓|练鼓|敲鼓|鼓声|鼓|敲锣|锣", r"DRUM|DRUMMER|GONG|BAND"),
    (
        "piano",
        r"钢琴|弹琴|练琴|琴声|古筝|小提琴|萨克斯|吹唢呐|二胡|琴|吉他|笛|唢呐|葫芦丝",
        r"PIANO|VIOLIN|SAX|TRUMPET|GUITAR|FLUTE|CELLO|TROMBONE|ERHU",
    ),
    (
        "singing",
        r"唱歌|唱K|卡拉|KTV|K歌|唱到|歌声|飙歌|戏曲|唱戏|粤剧|练声|合唱|吊嗓",
        r"SING|KARAOKE|SONGS?|OPERA|CHOIR|VOCAL",
    ),
    ("gambling", r"赌|聚众", r"GAMBL|BETTING"),
    ("mahjong", r"麻将|麻雀|打牌|搓麻|棋牌|打麻", r"MAH-?JONG?G?|CARDS? GAME|CARD GAMES?"),
    (
        "shouting",
        r"吵架|嗌交|骂架|争吵|喧哗|大吵|对骂|嚷|骂街|哭喊|吼",
        r"QUARREL|ARGU|SHOUT|YELL|ROW\b|SCREAM|FIGHTING WITH",
    ),
    (
        "footsteps",
        (
            r"跑跳|跳绳|蹦|跑来跑去|脚步|踩地板|咚咚|跳到|跑来|跑动|踩|拍地|蹦跳|跺脚|高跟鞋"
            r"|弹珠|掉东西声|孩子跑"
        ),
        (
            r"STOMP|JUMP|FOOTSTEPS?|RUNNING ABOUT|RUNNING AROUND|THUMP|RUNNING|TOYS?|BOUNC|STAMP"
            r"|HEELS|TREADMILL"
        ),
    ),
    (
        "furniture",
        r"拖凳|拖椅|拖家具|拖嚟拖|拖家|搬家具|拖桌|傢俬|家俬|挪|搬动|拖动|椅子",
        (
            r"(?:MOV|DRAG)\w* (?:\w+ ){0,2}(?:FURNITURE|CHAIRS?|TABLES?)|FURNITURE|SCRAP"
            r"|SHIFTING"
        ),
    ),
    (
        "music",
        r"音乐|音响|低音炮|放歌|歌曲|重低音|蓝牙音箱|喊麦|DJ",
        r"MUSIC|SPEAKERS?|BASS|STEREO|TECHNO|SOUND SYSTEM|PLAYING SONGS",
    ),
    (
        "ball games",
        r"打球|打波|拍球|篮球声|投篮|拍波|拍皮球|皮球|篮球",
        r"PLAY\w* (?:BALL|BASKETBALL)|DRIBBL|BASKETBALL",
    ),
    (
        "fan",
        (
            r"排风|抽风|风机|水泵|变压器|冷却塔|嗡嗡|轰轰|机房|空压|油烟机响|压缩机|嗡|发电机"
            r"|机器声"
        ),
        (
            r"VENTILAT|FANS?|PUMPS?|TRANSFORMER|HUM(?:MING)?|COMPRESSOR|GENERATOR|MACHIN|CHILLER"
            r"|WHIR|BUZZ"
        ),
    ),
    ("barking", r"狗叫|犬吠|吠|狗一直叫|汪|叫个不停|狗吵", r"BARK|HOWL"),
    (
        "dog dirt",
        r"狗屎|狗粪|狗便|遛狗.{0,6}不(?:捡|收拾|清)|唔执屎|粪便|屎|狗尿|宠物粪",
        r"DOG (?:MESS|POO|DIRT|POOP)|FAECES|FECES|POOP|PICKS? UP AFTER|DROPPINGS",
    ),
    (
        "leash",
        r"不牵绳|没牵绳|唔拖狗|没拴|牵绳|冇拖绳|拖住|冇拖|不牵|放大狗|不拴|口罩|嘴套",
        r"LEASH|OFF-?LEAD|UNLEASHED|OFF THE LEAD|NO LEAD|MUZZLE",
    ),
    ("wild animals", r"野猪|猴|马骝|蝙蝠|藏獒|白鹭跌|野生", r"BOAR|MONKEY|BATS?"),
    (
        "stray",
        (
            r"流浪狗|流浪犬|野狗|流浪猫|野猫|追小孩|追住人|咬人|咬伤|绝育|一窝|狗咬|咬了|野生狗"
            r"|喂猫|无主|咬到"
        ),
        r"STRAY|FERAL|BIT(?:E|TEN)|CHASES?|CHASING|BITES?",
    ),
    (
        "dog",
        r"狗|犬|金毛|泰迪|哈士奇|宠物|恶犬|狗只",
        r"DOGS?|PUPPY|PETS?|POODLE|HUSKY|ROTTWEILER",
    ),
    ("cat", r"猫", r"CATS?"),
    (
        "poultry",
        r"养鸡|公鸡|鸡叫|鸽|养鸭|鸡|打鸣|白鸽|鸽子|鹅|鸭|雀",
        r"ROOSTER|CHICKEN|PIGEON|DOVE|DUCK|GOOSE|CROW",
    ),
    ("bees", r"马蜂|蜂窝|黄蜂|蛇|蜂", r"WASP|HORNET|BEES?|SNAKE"),
    (
        "tree",
        (
            r"树|树枝|枯枝|横枝|枝|榕|椰|连根拔|凤凰木|木棉|棕榈|那棵|嗰棵|冧|树木|大树|榕树"
            r"|树根|树倒|断枝|枝条|枯树"
        ),
        r"TREES?|BRANCH|TRUNK|ROOTS|BANYAN|PALM|BOUGH",
    ),
    (
        "plants",
        (
            r"灌木|草坪|草地|绿化|花坛|草枯|杂草|种菜|菜地|修剪|花|藤|枯叶|浇水|施肥|认养|绿地"
            r"|苗|爬山虎|草|叶子|淋水|园林|剪|绿植|绿篱|草皮|花木|花圃|菜园|种植|枯死|浇"
        ),
        (
            r"GRASS|LAWN|HEDGE|BUSH|SHRUB|PLANT|WEEDS?|VEGETABLE|FLOWER|GARDEN|IVY|GREENERY"
            r"|FLOWERBED|PRUN|TRIM|OVERGROWN"
        ),
    ),
    (
        "river",
        (
            r"河面|水面|死鱼|河水|水黑|河道|涌|水塘|湖|潲水|排污|河里|往河|落水|上游|条河|漂着"
            r"|漂|排洪|涌边|河堤|臭水|污染|油污|死水"
        ),
        r"RIVER WATER|DEAD FISH|CREEK|CANAL|FOAM|POND|LAKE|STREAM|RIVER|POLLUT|SEWAGE IN|OIL",
    ),
    ("fishing", r"钓鱼", r"FISHING|ANGL"),
    ("slide", r"滑梯|滑滑梯|滑道", r"SLIDES?(?! OPEN)|SLIDE"),
    ("swing", r"秋千|韆鞦|秋韆|千秋|荡秋", r"SWINGS?|SWING"),
    ("ground mat", r"软垫|地垫|胶垫|塑胶", r"(?:RUBBER|SOFT) (?:MAT|FLOOR|GROUND)"),
    ("dumbbells", r"杠铃|哑铃|健身房", r"DUMBBELL"),
    (
        "gym",
        r"健身|单杠|器材|跑步机|漫步机|漫步|双杠|健骑|扭腰|太空漫步",
        r"GYM|FITNESS|EXERCISE|PULL-?UP|WORKOUT|BARS? IN THE",
    ),
    ("hoop", r"篮筐|篮框|篮板|球架|球框|篮网|篮圈", r"HOOP|BACKBOARD|RIM|NET"),
    (
        "play things",
        r"游乐|玩具|摇摇|滑道|跷跷板|氹氹转|沙池|攀爬|乐园|遮阳",
        r"PLAYGROUND|SEESAW|CLIMBING|SANDPIT",
    ),
    (
        "pitch",
        r"球场|波地|球台|跑道|球桌|羽毛球|乒乓|羽毛|足球|网球|场地",
        r"COURT SURFACE|PITCH|TABLE TENNIS|TRACK|COURT|FLOORING",
    ),
    ("pool", r"泳池|游泳", r"POOL|SWIM"),
    ("fountain", r"喷泉|喷水池", r"FOUNTAIN"),
    ("planks", r"木板|栈道|木栈", r"PLANKS?|BOARDWALK"),
    ("table", r"桌子|石桌|棋桌", r"TABLES?"),
    (
        "bench",
        r"长椅|凳|座椅|长凳|椅子|坐椅|石凳|长条凳|坐的地方|歇脚",
        r"BENCH|SEATS?|SEAT|STOOL|SOMEWHERE TO SIT",
    ),
    (
        "lockers",
        r"柜门|取件|取不了件|取不了|拿不出|丰巢|快递|驿站|包裹|取快递|寄存",
        r"LOCKER|PARCEL|PICK ?UP CODE|PARCELS|COURIER|PACKAGE",
    ),
    ("camera", r"摄像头|监控|CCTV|探头|摄像|天眼", r"CAMERA|CCTV|SURVEILLANCE|FOOTAGE"),
    ("pavilion", r"凉亭|雨棚|遮雨|候车亭", r"PAVILION|SHELTER|AWNING"),
    ("donation", r"捐|旧衣|捐书|捐衣|捐款", r"DONAT|BOX OF|CHARITY|GIVE AWAY"),
    ("reading", r"图书|阅览|书角|看书|书屋|借书|书架|绘本", r"LIBRARY|READING|BOOK|READ|SHELF"),
)  # fmt: skip
