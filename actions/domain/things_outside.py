"""Roads, dirt, and smells.

Name, Chinese words in simplified characters (Mandarin and Cantonese), English in capitals.
"""

from typing import Final

ROWS: Final[tuple[tuple[str, str, str], ...]] = (
    ("speed bump", r"减速带|减速坡", r"SPEED BUMP|HUMP"),
    ("bend", r"弯道|弯位|反光镜|凸面镜", r"BLIND BEND|MIRROR"),
    (
        "speeding",
        (
            r"飙车|超速|逆行|开得飞快|堵车|塞车|飞快|开快车|冲红灯|限速|横冲直撞|乱窜|炸街|飙"
            r"|速度快|抢道"
        ),
        r"SPEED|TRAFFIC JAM|WRONG WAY|CONGEST|RAC(?:E|ING)|TOO FAST|RED LIGHT|ZOOM|RECKLESS",
    ),
    (
        "manhole",
        (
            r"井盖|坑渠盖|窨井|沙井|没盖的井|渠盖|水盖|铁盖|井口|检查井|盖子|人孔|个井|下水盖"
            r"|没盖|冇盖|盖板|个盖|蓋|盖子没|井没|水井"
        ),
        r"MANHOLE|DRAIN COVER|UTILITY COVER|COVER|HOLE|HATCH|GRATE|GRATING",
    ),
    (
        "road",
        (
            r"坑洼|坑坑|地砖|路面|破损路|人行道地|开裂的路|砖松|翘起|路烂|有个坑|的坑|水泥路"
            r"|大坑|水泥板|塌方|碎石|回填|沥青|地陷|陷落|破路|坑|石板|砖块|沟|裂缝|凹|塌陷|修路"
            r"|补路|路上有洞|石头路|地面"
        ),
        (
            r"POTHOLE|PAVING|PAVEMENT TILES?|ROAD SURFACE|CRACKED ROAD|UNEVEN|ROADS?|RESURFAC"
            r"|TRACK|SINKHOLE|ASPHALT|PAVEMENT|SIDEWALK|KERB|CURB|CRACK|SLAB|DIP"
        ),
    ),
    (
        "access ramp",
        (
            r"无障碍|轮椅|坡道|斜坡|盲道|适老|浴室|浴缸|斜路|活动板|防滑|斜道|石级|三级|残疾"
            r"|拐杖"
        ),
        r"RAMP|WHEELCHAIR|ACCESSIB|STEP-?FREE|GRAB BAR|BATHROOM|CHAIR|DISABLED|BLIND",
    ),
    ("wall", r"围墙|墙倒|护坡|挡土", r"(?:BOUNDARY|PERIMETER|COMPOUND) WALL|RETAINING"),
    (
        "sign",
        r"站牌|路牌|指示牌|招牌|牌子|广告牌|路名牌|门牌|标识|指示",
        r"SIGN(?:POST|BOARD)?S?|BUS STOP POST|SIGNAGE|NAMEPLATE",
    ),
    ("vermin control", r"消杀|灭鼠|灭蚊|除虫", r"PEST|FUMIGAT"),
    (
        "mosquitoes",
        r"蚊|孑孓|登革|叮|积水容器|虫咬",
        r"MOSQUITO|MIDGE|LARVA|DENGUE|SPRAY|GNAT|INSECT BITE",
    ),
    ("flies", r"苍蝇|乌蝇|蝇", r"FLIES|FLY SWARM"),
    ("rats", r"老鼠|鼠|耗子|鼠洞|鼠患", r"RATS?|MICE|MOUSE|RODENT|VERMIN"),
    (
        "insects",
        r"床虱|木虱|木虫|小黑虫|飞虫|蚂蚁|毛虫|虫|白蚁|成群",
        r"INSECTS?|BED ?BUGS?|ANTS?",
    ),
    ("cockroaches", r"蟑螂|曱甴|小强|白蚁|甴曱|虱", r"ROACH|COCKROACH|TERMITE|FLEA"),
    ("paint", r"油漆|泼漆|喷漆", r"PAINT"),
    (
        "posters",
        (
            r"小广告|牛皮癣|街招|乱张贴|传单|开锁|贴满|小广|租屋纸|卡片|张贴|贴纸|涂鸦|贷款"
            r"|借钱广告|电话广告|墙上|横幅|贴到|贴咗|刷广告|印章|办证广告|喷字|贴条"
        ),
        (
            r"POSTERS?|FLYERS?|STICKERS?|LEAFLET|GRAFFITI|CARDS? IN|PLASTERED|BILL-?STICK|BANNER"
            r"|PASTED|STUCK ON|TAGS?"
        ),
    ),
    ("adverts", r"广告", r"ADVERTS?|COMMERCIALS?"),
    (
        "bulky rubbish",
        (
            r"建筑垃圾|装修垃圾|大件|泥头|旧沙发|旧家具|床垫|旧床|旧柜|旧家电|碎砖|瓦砾|水泥块"
            r"|石灰|木板堆"
        ),
        r"RUBBLE|DEBRIS|BULKY|MATTRESS|SOFA|WARDROBE|OLD FURNITURE|BRICKS|RENOVATION WASTE",
    ),
    (
        "clutter",
        (
            r"杂物|纸皮|纸箱|鞋柜|鞋架|婴儿车|堆放|堆满|堆在|堆旧|占用楼道|鞋子|旧门|桌椅|酒瓶"
            r"|旧嘢|走廊.{0,6}摆|乱堆|堆积|占楼道|柜子|花盆|杂乱|旧物|自行车堆|轮椅摆|摆满|摆晒"
        ),
        (
            r"CLUTTER|JUNK|BOXES|SHOE (?:RACK|CABINET)|PRAM|STORED|FURNITURE (?:ON|IN)|HOARD"
            r"|STACK|PILED|BLOCKING THE CORRIDOR"
        ),
    ),
    (
        "sorting",
        r"分类|投放|厨余|可回收|督导|积分|回收|个桶|投错|混装|垃圾分",
        r"SORTING|RECYCL|COMPOST|WASTE|FOOD WASTE|SORT",
    ),
    ("spitting", r"撒尿|小便|尿骚|屙尿|吐痰|大便在|呕吐", r"URIN|PEES?|PISS|SPIT|VOMIT"),
    ("waste water", r"潲水|泔水|污水|泥水", r"SLOPS|WASTEWATER"),
    (
        "rubbish",
        (
            r"垃圾|没清|没收走|没人收|未清|清运|冇人倒|冇人清|没人倒|清走|堆了几天|拉圾|啤酒樽"
            r"|床褥|桶满|箱满|收运|环卫|废料|袋子|扔在|倒咗|倒喺|废物|乱丢|乱扔|垃圾桶|垃圾站"
            r"|垃圾点|垃圾车|桶|丢弃|外卖盒"
        ),
        (
            r"RUBBISH|TRASH|GARBAGE|REFUSE|LITTER|BINS?|EMPTIED|COLLECT|DUMPED|BAGS|WASTE|SKIP"
            r"|DUMP|OVERFLOW"
        ),
    ),
    (
        "burning",
        r"烧纸|烧嘢|烧垃圾|焚烧|烧落叶|烧衣|香烛|烧香|祭拜|烧火|烧塑料",
        r"BURN|INCENSE|BONFIRE|JOSS",
    ),
    (
        "smoking",
        r"抽烟|吸烟|食烟|烟头|烟民|二手烟|香烟|吞云|烟味",
        r"SMOK(?:ES|ING|ERS?)|CIGARETTE|SMOKES|VAP|TOBACCO",
    ),
    (
        "fumes",
        (
            r"油烟|烧烤|烟道|烟管|排烟|抽油烟|大排档|烟熏|烟直|冒烟|烟太大|烧嘢食|烤肉|炭火|炒菜"
            r"|厨房烟|黑烟|烟囱|啲烟|烧腊|焦味|油味|烟机|煮饭|灶台|炭烧|冒黑烟"
        ),
        (
            r"BBQ|BARBECUE|FUMES?|SMOKE|GREASE|EXHAUST HOOD|GRILL|COOKING|CHIMNEY|FRY|KEBAB"
            r"|KITCHEN SMELL|CHARCOAL"
        ),
    ),
    ("haze", r"空气|环保|净化", r"AIR QUALITY"),
    ("dust", r"扬尘|灰尘|粉尘|尘土|沙尘", r"DUST"),
    (
        "smell",
        r"臭|味道|气味|异味|难闻|冲鼻|熏|恶臭|腥|霉味|骚味|馊|酸味|异臭|化学",
        r"SMELL|STINK|STENCH|ODOU?R|ROTTEN|FOUL|PUTRID|REEK|CHEMICAL",
    ),
    (
        "cleaning",
        (
            r"打扫|清洁|保洁|没扫|未扫|好脏|很脏|污糟|拖地|扫过|拖过|没拖|扫地|擦|人扫|拖把|清扫"
            r"|卫生|肮脏|尘|灰|拖|脏乱|油渍|痰"
        ),
        r"CLEAN|SWEPT|SWEEP|DIRTY|FILTHY|MOP|CLEANER|SCRUB|HYGIEN|GRIM|STICKY|UNWASHED",
    ),
)  # fmt: skip
