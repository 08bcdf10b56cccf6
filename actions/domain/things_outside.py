"""Roads, dirt, noise, animals, plants, and what all use.

Name, Chinese words in simplified characters (Mandarin and Cantonese), English in capitals.
"""

from typing import Final

ROWS: Final[tuple[tuple[str, str, str], ...]] = (
    ("height bar", r"限高", r"HEIGHT (?:BAR|LIMIT)"),
    (
        "parked",
        (
            r"停车|泊车|泊|乱停|停满|占车位|车位|违停|停了辆|停在|堵死|私家车|面包车|小车|轿车"
            r"|货车|停住|架车|阻住|横在|车库口|公共位|占位|挡住|堵住|堵着|位子|锁起来"
        ),
        r"PARKED|PARKING|DOUBLE-?PARK|VANS?|CARS?|TRUCK|LORRY|BLOCKING MY|BAY",
    ),
    (
        "speeding",
        r"飙车|超速|逆行|开得飞快|堵车|塞车|飞快|开快车|冲红灯|限速",
        r"SPEED|TRAFFIC JAM|WRONG WAY|CONGEST|RAC(?:E|ING)|TOO FAST|RED LIGHT",
    ),
    (
        "manhole",
        r"井盖|坑渠盖|窨井|沙井|没盖的井|渠盖|水盖|铁盖|井口|检查井|盖子|人孔|个井|下水盖",
        r"MANHOLE|DRAIN COVER|UTILITY COVER",
    ),
    (
        "road",
        (
            r"坑洼|坑坑|地砖|路面|破损路|人行道地|开裂的路|砖松|翘起|路烂|有个坑|的坑|水泥路"
            r"|大坑|水泥板|塌方|碎石|回填|沥青|地陷|陷落|破路|坑"
        ),
        (
            r"POTHOLE|PAVING|PAVEMENT TILES?|ROAD SURFACE|CRACKED ROAD|UNEVEN|ROADS?|RESURFAC"
            r"|TRACK|SINKHOLE|ASPHALT"
        ),
    ),
    (
        "access ramp",
        r"无障碍|轮椅|坡道|斜坡|盲道|适老|浴室|浴缸|斜路|活动板",
        r"RAMP|WHEELCHAIR|ACCESSIB|STEP-?FREE|GRAB BAR|BATHROOM",
    ),
    ("wall", r"围墙", r"(?:BOUNDARY|PERIMETER|COMPOUND) WALL"),
    ("sign", r"站牌|路牌|指示牌|招牌|牌子", r"SIGN(?:POST|BOARD)?S?|BUS STOP POST"),
    ("vermin control", r"消杀|灭鼠|灭蚊|除虫", r"PEST|FUMIGAT"),
    ("mosquitoes", r"蚊|孑孓", r"MOSQUITO|MIDGE|LARVA"),
    ("flies", r"苍蝇|乌蝇|蝇", r"FLIES|FLY SWARM"),
    ("rats", r"老鼠|鼠", r"RATS?|MICE|MOUSE|RODENT"),
    ("insects", r"床虱|木虱|木虫|小黑虫|飞虫|蚂蚁|毛虫|虫", r"INSECTS?|BED ?BUGS?|ANTS?"),
    ("cockroaches", r"蟑螂|曱甴|小强|白蚁", r"ROACH|COCKROACH|TERMITE"),
    ("paint", r"油漆|泼漆|喷漆", r"PAINT"),
    (
        "posters",
        (
            r"小广告|牛皮癣|街招|乱张贴|传单|开锁|贴满|小广|租屋纸|卡片|张贴|贴纸|涂鸦|贷款"
            r"|借钱广告|电话广告"
        ),
        r"POSTERS?|FLYERS?|STICKERS?|LEAFLET|GRAFFITI|CARDS? IN|PLASTERED|BILL-?STICK",
    ),
    ("adverts", r"广告", r"ADVERTS?|COMMERCIALS?"),
    (
        "bulky rubbish",
        r"建筑垃圾|装修垃圾|大件|泥头|旧沙发|旧家具|床垫",
        r"RUBBLE|DEBRIS|BULKY|MATTRESS|SOFA",
    ),
    (
        "clutter",
        (
            r"杂物|纸皮|纸箱|鞋柜|鞋架|婴儿车|堆放|堆满|堆在|堆旧|占用楼道|鞋子|旧门|桌椅|酒瓶"
            r"|旧嘢|走廊.{0,6}摆"
        ),
        r"CLUTTER|JUNK|BOXES|SHOE (?:RACK|CABINET)|PRAM|STORED|FURNITURE (?:ON|IN)",
    ),
    ("sorting", r"分类|投放|厨余|可回收", r"SORTING|RECYCL|COMPOST"),
    ("spitting", r"撒尿|小便|尿骚|屙尿|吐痰|大便在|呕吐", r"URIN|PEES?|PISS|SPIT|VOMIT"),
    ("waste water", r"潲水|泔水|污水|泥水", r"SLOPS|WASTEWATER"),
    (
        "rubbish",
        (
            r"垃圾|没清|没收走|没人收|未清|清运|冇人倒|冇人清|没人倒|清走|堆了几天|拉圾|啤酒樽"
            r"|床褥|桶满|箱满|收运"
        ),
        r"RUBBISH|TRASH|GARBAGE|REFUSE|LITTER|BINS?|EMPTIED|COLLECT|DUMPED",
    ),
    ("burning", r"烧纸|烧嘢|烧垃圾|焚烧|烧落叶|烧衣", r"BURN"),
    ("smoking", r"抽烟|吸烟|食烟|烟头|烟民|二手烟", r"SMOK(?:ES|ING|ERS?)|CIGARETTE"),
    (
        "fumes",
        (
            r"油烟|烧烤|烟道|烟管|排烟|抽油烟|大排档|烟熏|烟直|冒烟|烟太大|烧嘢食|烤肉|炭火|炒菜"
            r"|厨房烟"
        ),
        r"BBQ|BARBECUE|FUMES?|SMOKE|GREASE|EXHAUST HOOD|GRILL|COOKING",
    ),
    ("dust", r"扬尘|灰尘|粉尘|尘土", r"DUST"),
    ("smell", r"臭|味道|气味|异味|难闻|冲鼻|熏", r"SMELL|STINK|STENCH|ODOU?R|ROTTEN"),
    (
        "cleaning",
        r"打扫|清洁|保洁|没扫|未扫|好脏|很脏|污糟|拖地|扫过|拖过|没拖|扫地|擦",
        r"CLEAN|SWEPT|SWEEP|DIRTY|FILTHY|MOP|CLEANER|SCRUB",
    ),
    (
        "building site",
        (
            r"工地|打桩|施工|盖楼|挖机|地盘|掘路|修路|地基|风镐|搅拌|渣土|塔吊|动工|修桥|开挖"
            r"|铁板"
        ),
        r"CONSTRUCTION|BUILDING SITE|PILING|EXCAVAT|CEMENT|CRANE|ROADWORKS",
    ),
    (
        "renovation",
        (
            r"装修|电钻|钻墙|敲墙|砸墙|冲击钻|电锤|凿|切砖|电批|风炮|拆阳台|拆墙|打水槽|承重墙"
            r"|砖声|动工|开工|钻|敲"
        ),
        (
            r"RENOVAT|DRILL|HAMMERING|REMODEL|SAWING|REFIT|POWER TOOL|LOAD-BEARING|SAW"
            r"|WORKS START"
        ),
    ),
    ("square dance", r"广场舞|跳舞|大妈|音箱|领舞", r"SQUARE DANC|DANC"),
    ("top spinning", r"陀螺|甩鞭|抽鞭", r"SPINNING TOP|WHIP"),
    ("drums", r"架子鼓|打鼓|练鼓|敲鼓|鼓声", r"DRUM"),
    ("piano", r"钢琴|弹琴|练琴|琴声|古筝|小提琴|萨克斯|吹唢呐|二胡", r"PIANO|VIOLIN|SAX|TRUMPET"),
    ("singing", r"唱歌|唱K|卡拉|KTV|K歌|唱到", r"SING|KARAOKE|SONGS?"),
    ("gambling", r"赌|聚众", r"GAMBL|BETTING"),
    ("mahjong", r"麻将|麻雀|打牌", r"MAH-?JONG?G?|CARDS? GAME"),
    ("shouting", r"吵架|嗌交|骂架|争吵", r"QUARREL|ARGU|SHOUT|YELL"),
    (
        "footsteps",
        r"跑跳|跳绳|蹦|跑来跑去|脚步|踩地板|咚咚|跳到",
        r"STOMP|JUMP|FOOTSTEPS?|RUNNING ABOUT|RUNNING AROUND|THUMP",
    ),
    (
        "furniture",
        r"拖凳|拖椅|拖家具|拖嚟拖|拖家|搬家具|拖桌|傢俬|家俬",
        r"(?:MOV|DRAG)\w* (?:\w+ ){0,2}(?:FURNITURE|CHAIRS?|TABLES?)|FURNITURE",
    ),
    ("music", r"音乐|音响|低音炮|放歌", r"MUSIC|SPEAKERS?|BASS|STEREO"),
    (
        "ball games",
        r"打球|打波|拍球|篮球声|投篮",
        r"PLAY\w* (?:BALL|BASKETBALL)|DRIBBL|BASKETBALL",
    ),
    (
        "fan",
        r"排风|抽风|风机|水泵|变压器|冷却塔|嗡嗡|轰轰",
        r"VENTILAT|FANS?|PUMPS?|TRANSFORMER|HUM(?:MING)?|COMPRESSOR",
    ),
    ("barking", r"狗叫|犬吠|吠|狗一直叫", r"BARK"),
    (
        "dog dirt",
        r"狗屎|狗粪|狗便|遛狗.{0,6}不(?:捡|收拾|清)|唔执屎|粪便|屎",
        r"DOG (?:MESS|POO|DIRT|POOP)|FAECES|FECES|POOP|PICKS? UP AFTER",
    ),
    (
        "leash",
        r"不牵绳|没牵绳|唔拖狗|没拴|牵绳|冇拖绳|拖住|冇拖|不牵|放大狗",
        r"LEASH|OFF-?LEAD|UNLEASHED|OFF THE LEAD|NO LEAD",
    ),
    ("wild animals", r"野猪|猴|马骝|蝙蝠|藏獒|白鹭跌|野生", r"BOAR|MONKEY|BATS?"),
    (
        "stray",
        r"流浪狗|流浪犬|野狗|流浪猫|野猫|追小孩|追住人|咬人|咬伤",
        r"STRAY|FERAL|BIT(?:E|TEN)|CHASES?|CHASING",
    ),
    ("dog", r"狗|犬", r"DOGS?|PUPPY"),
    ("cat", r"猫", r"CATS?"),
    ("poultry", r"养鸡|公鸡|鸡叫|鸽|养鸭", r"ROOSTER|CHICKEN|PIGEON"),
    ("bees", r"马蜂|蜂窝|黄蜂|蛇", r"WASP|HORNET|BEES?|SNAKE"),
    ("tree", r"树|树枝|枯枝|横枝|枝|榕|椰|连根拔|凤凰木|木棉|棕榈", r"TREES?|BRANCH"),
    (
        "plants",
        (
            r"灌木|草坪|草地|绿化|花坛|草枯|杂草|种菜|菜地|修剪|花|藤|枯叶|浇水|施肥|认养|绿地"
            r"|苗|爬山虎|草"
        ),
        r"GRASS|LAWN|HEDGE|BUSH|SHRUB|PLANT|WEEDS?|VEGETABLE|FLOWER|GARDEN|IVY",
    ),
    (
        "river",
        r"河面|水面|死鱼|河水|水黑|河道|涌|水塘|湖|潲水|排污|河里|往河|落水",
        r"RIVER WATER|DEAD FISH|CREEK|CANAL|FOAM|POND|LAKE|STREAM|RIVER",
    ),
    ("fishing", r"钓鱼", r"FISHING|ANGL"),
    ("slide", r"滑梯|滑滑梯", r"SLIDES?(?! OPEN)"),
    ("swing", r"秋千|韆鞦|秋韆|千秋", r"SWINGS?"),
    ("ground mat", r"软垫|地垫|胶垫|塑胶", r"(?:RUBBER|SOFT) (?:MAT|FLOOR|GROUND)"),
    ("gym", r"健身|单杠|器材|跑步机|漫步机", r"GYM|FITNESS|EXERCISE|PULL-?UP"),
    ("hoop", r"篮筐|篮框|篮板|球架", r"HOOP|BACKBOARD|RIM"),
    (
        "play things",
        r"游乐|玩具|摇摇|滑道|跷跷板|氹氹转|沙池|攀爬",
        r"PLAYGROUND|SEESAW|CLIMBING|SANDPIT",
    ),
    ("pitch", r"球场|波地|球台|跑道|球桌|羽毛球|乒乓", r"COURT SURFACE|PITCH|TABLE TENNIS|TRACK"),
    ("pool", r"泳池|游泳", r"POOL|SWIM"),
    ("fountain", r"喷泉|喷水池", r"FOUNTAIN"),
    ("planks", r"木板|栈道|木栈", r"PLANKS?|BOARDWALK"),
    ("table", r"桌子|石桌|棋桌", r"TABLES?"),
    ("bench", r"长椅|凳|座椅|长凳|椅子", r"BENCH|SEATS?"),
    ("lockers", r"柜门|取件|取不了件|取不了|拿不出|丰巢|快递", r"LOCKER|PARCEL|PICK ?UP CODE"),
    ("camera", r"摄像头|监控|CCTV", r"CAMERA|CCTV"),
    ("pavilion", r"凉亭|雨棚|遮雨|候车亭", r"PAVILION|SHELTER|AWNING"),
    ("donation", r"捐", r"DONAT|BOX OF"),
    ("reading", r"图书|阅览|书角|看书", r"LIBRARY|READING|BOOK"),
)  # fmt: skip
