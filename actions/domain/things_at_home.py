"""Danger, and the house: lifts, doors, water, power, wires.

Name, Chinese words in simplified characters (Mandarin and Cantonese), English in capitals.
"""

from typing import Final

ROWS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "gas",
        r"煤气|燃气|天然气|石油气|瓦斯|嘶嘶|液化|灶|有味",
        r"GAS(?! STATION)|HISS|PROPANE|LPG",
    ),
    ("fire", r"着火|起火|火灾|失火|火警|火苗|冒火|火花", r"ON FIRE|FLAMES?|BLAZE|SPARKS?"),
    (
        "violence",
        r"家暴|打老婆|打孩子|被.{0,4}老公打|打仔|虐待|打人",
        r"BEATS?|BEATING|ABUS|DOMESTIC",
    ),
    (
        "life",
        r"轻生|生存落去|不想活|唔想活|自杀|跳楼|安眠药|想死|割腕|了结",
        r"SUICID|KILL MYSELF|END IT|OVERDOSE",
    ),
    (
        "lost person",
        r"走失|行失|找不到人|搵唔到人|失联|走丢|迷路",
        r"MISSING (?:PERSON|CHILD|MAN|WOMAN)|WANDERED",
    ),
    (
        "hurt",
        r"晕倒|抽搐|流血|昏迷|没呼吸|心口唔|跌低|摔倒|受伤|叫唔醒",
        r"UNCONSCIOUS|BLEEDING|COLLAPS|INJURED|NOT BREATHING",
    ),
    ("fight", r"打架|斗殴|打交|动手", r"FIGHT"),
    ("medicine", r"假药|药", r"MEDICINE|PILLS"),
    (
        "fraud",
        r"诈骗|骗|呃钱|呃咗|冒充|转账|汇钱|卷款|人去楼空|理财|陌生链接|验证码",
        r"SCAM|FRAUD|SWINDL|IMPERSONAT|CON MAN|PHISH|FAKE",
    ),
    (
        "theft",
        r"偷(?!偷)|盗|失窃|不见了我|撬锁|小偷|贼|撬|保险柜|被撬|偷电池",
        r"STOLE|STEAL|THEFT|THIEF|BURGL|BREAK-?IN|PICKPOCKET|ROBB|FORCED OPEN",
    ),
    (
        "thrown",
        (
            r"高空抛|抛物|扔下|往下扔|往楼下|掟落|掟嘢|擲物|掷物|泼下|倒下来|掟|擲|抛落|飞落"
            r"|飞下|推落|泼|倒水|往下丢|丢下"
        ),
        r"THROW|THREW|THROWN|TOSS|HURL|CHUCK|DROPPED FROM",
    ),
    (
        "falling",
        (
            r"外墙|墙皮|瓷砖|批荡|墙砖|剥落|脱落|幕墙|掉砖|掉皮|屋檐|簷|檐口|女儿墙|掉水泥"
            r"|掉下来一块|跌落|砖头|水泥块|玻璃窗|松脱|悬挂|天花.{0,4}塌|要掉|快掉"
        ),
        (
            r"FA[CÇ]ADE|PLASTER|OUTER WALL|CLADDING|TILES?|FALLING|CONCRETE|MASONRY|COMING DOWN"
            r"|ABOUT TO (?:DROP|FALL)"
        ),
    ),
    (
        "fire lane",
        (
            r"消防通道|消防车道|消防车通道|走火|逃生通道|安全出口|生命通道|逃生门|应急出口"
            r"|消防车进|消防车来"
        ),
        r"FIRE (?:LANE|EXIT|ESCAPE|ROUTE)|EMERGENCY EXIT|FIRE ACCESS|FIRE ENGINE",
    ),
    (
        "fire gear",
        r"灭火器|消火栓|消防栓|烟感|喉辘|消防设施|灭活器|消控|手报|喷淋",
        r"EXTINGUISHER|HYDRANT|SMOKE (?:ALARM|DETECTOR)|SPRINKLER|FIRE (?:SAFETY|EQUIPMENT)",
    ),
    (
        "new lift",
        (
            r"(?:加装|装|增设|建)(?:一?部|个)?(?:电梯|𨋢|升降机)|加梯|装梯|想装.{0,2}梯|加部"
            r"|加个梯"
        ),
        r"(?:ADD|INSTALL|RETROFIT|WANT)\w* (?:AN? |THE )?(?:LIFT|ELEVATOR)|ELEVATOR SUBSIDY",
    ),
    (
        "lift",
        r"电梯|升降机|𨋢|䢂|客梯|货梯|部𨋢|梯门|梯子坏|部梯|轿厢|梯停|台梯|停梯|梯又|维保",
        r"LIFTS?|ELEVATOR|CABIN",
    ),
    ("barrier", r"升降杆|道闸|车闸|起落杆|栏杆机", r"BARRIER|BOOM"),
    (
        "handrail",
        r"扶手|栏杆|护栏|围栏|栏河|扶把|铁枝|矮墙|条栏|道栏|钢管|铁栏",
        r"HAND ?RAIL|RAILING|BANIST|BALUST|GUARD ?RAIL",
    ),
    (
        "signal",
        r"红绿灯|交通灯|信号灯|斑马线|标线|过街",
        r"TRAFFIC LIGHT|CROSSING|ZEBRA|CROSSWALK",
    ),
    ("light pollution", r"灯箱|晃眼|刺眼|光污染|霓虹", r"GLARE|NEON|DAZZL|BILLBOARD"),
    (
        "light",
        (
            r"灯|黑麻麻|黑漆漆|黑乎乎|漆黑|黑灯|照明|一片黑|好黑|看不见台阶|摸黑|黑的|睇唔到路"
            r"|乜都睇唔到|伸手看不见|杆子|光管|灯管|灯泡|灯胆|大灯|一闪|闪个|闪吓|整夜闪"
            r"|忽明忽暗"
        ),
        (
            r"LIGHTS?|LAMP|BULB|PITCH DARK|LIGHTING|UNLIT|STREETLIGHT|DARKNESS|SEE A THING"
            r"|FLOODLIGHT|FLICKER|FLASHES"
        ),
    ),
    ("gate", r"大闸|闸门|铁闸|后闸|大堂门|大门坏|大铁门|防盗门|卷帘门", r"GATES?(?! \d)"),
    ("intercom", r"对讲|门铃", r"INTERCOM|DOOR ?BELL|ENTRY ?PHONE"),
    (
        "access",
        r"门禁|刷卡|拍卡|拍极|门卡|卡刷|刷不了|人脸|闸机|感应不到",
        r"(?:ACCESS|KEY|DOOR|ENTRY) ?CARDS?|FOB|FACE RECOG|TURNSTILE",
    ),
    ("window", r"窗户|窗门|玻璃窗|窗", r"WINDOWS?"),
    ("glass", r"玻璃", r"GLASS"),
    (
        "door",
        (
            r"单元门|铁门|防火门|玻璃门|入户门|门锁|锁坏|没锁|门玻璃|门坏|关不上门|锁头|门铰"
            r"|弹簧|密码锁|门口锁|关不上|闩|道门|推拉门|门禁锁"
        ),
        r"DOORS?|LOCKS?|LATCH",
    ),
    ("mailbox", r"信箱|邮箱|报箱", r"MAIL ?BOX|LETTER ?BOX"),
    ("roof", r"天台|楼顶|屋顶|顶楼", r"ROOF"),
    (
        "illegal building",
        r"违建|违章|搭建|僭建|铁皮|彩钢|私搭|加盖",
        r"ILLEGAL (?:STRUCTURE|BUILD)|UNAUTHORI[SZ]ED|SHED ON|SHACK",
    ),
    ("rough sleeper", r"流浪汉|露宿", r"SLEEPS? ROUGH|HOMELESS|VAGRANT"),
    (
        "lodgers",
        (
            r"群租|上下铺|劏房|隔断|二房东|民宿|日租|劏|胶囊|廿几|十几个人|一屋住|张床|网店仓"
            r"|住改商|做门面"
        ),
        r"SUBDIVI|OVERCROWD|LODGER|AIRBNB|BUNK|CAPSULE|PARTITION|SUBLET",
    ),
    ("air conditioner", r"空调|冷气|外机", r"AIR ?CON|A/C|AIRCON"),
    ("laundry", r"晾|晒被|晒衣|晾衫", r"LAUNDRY|WASHING LINE|HANGING CLOTHES"),
    (
        "leak",
        r"漏水|渗水|滴水|渗|漏|滴到|滴落|水渍|天花|吊顶|霉|水包|返潮|濡湿|墙.{0,3}湿|泡了",
        r"LEAK|DRIP|SEEP|DAMP|CEILING|MOULD|MOLD",
    ),
    (
        "new water",
        (
            r"停水|没水|冇水|无水|断水|没有水|水压|水好细|水很小|水流|一滴水|水龙头|热水|自来水"
            r"|花洒|水质|水黄|浑|自来|水表|水单|邋遢|净水|有啲水嚟|冇晒水|水嚟|送水"
        ),
        (
            r"(?:NO|HOT|BROWN|TAP|DIRTY) WATER"
            r"|WATER (?:IS |WAS )?(?:OFF|OUT|PRESSURE|SUPPLY|CUT)|WATER'?S OFF|TAPS?|TRICKLE|TAP"
            r"|WATER"
        ),
    ),
    (
        "burst pipe",
        r"水管爆|爆管|爆水管|水管裂|爆水喉|水喉.{0,6}爆|水管冻|冻裂|管爆|管裂|喷水",
        r"BURST",
    ),
    ("public toilet", r"公厕|公共厕所|卫生间门", r"PUBLIC TOILET|LAVATORY"),
    (
        "drain",
        (
            r"下水|管道|渠|马桶|地漏|厕所|反味|返味|冒上来|倒灌|污水|排水|雨水篦|化粪|通不了"
            r"|疏通"
        ),
        r"DRAIN|SEWER|SEWAGE|TOILET|PIPES?|CLOG|BACKED UP",
    ),
    (
        "flood",
        (
            r"积水|水浸|内涝|淹|水到小腿|涝|进水|浸水|水退|退水|水氹|雨水进|水塘|成河|成水"
            r"|水没过"
        ),
        r"FLOOD|PUDDLE|WATERLOG|STANDING WATER|SWIMMING POOL|GULLY|UNDER WATER|SUBMERGED",
    ),
    (
        "power",
        (
            r"停电|没电|冇电|断电|跳闸|电表|电闸|缺电|电力|摸黑|电压|一路电|抄表|供电|黑了"
            r"|冇晒电"
        ),
        r"POWER|ELECTRICITY|BLACKOUT|TRIPPED|METER|VOLTAGE|BROWNOUT",
    ),
    ("switch room", r"配电房|电房|配电箱|电箱", r"SWITCH ?ROOM|FUSE ?BOX|ELECTRICAL ROOM"),
    ("phone signal", r"手机|信号", r"(?:PHONE|MOBILE|CELL) (?:SIGNAL|RECEPTION)|RECEPTION"),
    (
        "internet",
        (
            r"宽带|宽频|断网|断咗网|断了网|上网|没网|网络|网断|冇网|光纤|上到网|光缆|路由|网速"
            r"|掉线|机顶盒|网线|卡顿|断线|电话筒"
        ),
        r"INTERNET|BROADBAND|WI-?FI|ROUTER|SIGNAL|LANDLINE|FIB(?:RE|ER)|ONLINE",
    ),
    ("wires", r"电线|线缆|电缆|杆线|缆线|电话线|电线杆", r"CABLES?|WIRES?|WIRING|POLES?"),
    (
        "charging",
        r"充电|飞线|拉线|电瓶|电池|拎电池|插座|叉电|叉到|叉自己|叉住|插着电|排插|充",
        r"CHARG|SOCKET|BATTER|EXTENSION (?:CORD|LEAD)|PLUG",
    ),
    (
        "parking fee",
        (
            r"停车费|泊车费|车位费|月保|车位管理费|停车卡|月卡|租个位|租位|停车收|临停|小时收"
            r"|月租|按金"
        ),
        r"PARKING (?:FEE|CHARGE|PERMIT|CARD)|BAYS?|PARKING",
    ),
    (
        "wreck",
        r"僵尸车|废弃车|破车|报废车|弃置|废车|停了半年|没动过|瘪",
        r"ABANDON|WRECK|DUMPED|ROTTING|JUNK CAR",
    ),
    ("shared bikes", r"共享单车|共享电", r"SHARED BIKES?|BIKE.?SHAR"),
    ("bicycle", r"单车|自行车|脚踏车", r"BICYCLE|BIKES?"),
    (
        "e-bike",
        r"电动车|电瓶车|电单车|摩托|电驴|推车上楼|进楼|电摩",
        (
            r"E-?BIKE|SCOOTER|MOPED|MOTOR ?BIKE|MOTORCYCLE|TWO-?WHEEL|ELECTRIC BIKE"
            r"|DELIVERY RIDER"
        ),
    ),
)  # fmt: skip
