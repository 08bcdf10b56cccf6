"""Roofs, walls, water, power and wires.

Name, Chinese words in simplified characters (Mandarin and Cantonese), English in capitals.
"""

from typing import Final

ROWS: Final[tuple[tuple[str, str, str], ...]] = (
    ("roof", r"天台|楼顶|屋顶|顶楼|楼面|隔热|屋面", r"ROOF|ATTIC|TERRACE"),
    (
        "illegal building",
        (
            r"违建|违章|搭建|僭建|铁皮|彩钢|私搭|加盖|起了|盖了|搭了|封了|搭|阳光房|玻璃房"
            r"|围墙.{0,4}自家|扩建|加建"
        ),
        r"ILLEGAL (?:STRUCTURE|BUILD)|UNAUTHORI[SZ]ED|SHED ON|SHACK|EXTENSION|ANNEX|ENCLOS",
    ),
    ("rough sleeper", r"流浪汉|露宿", r"SLEEPS? ROUGH|HOMELESS|VAGRANT"),
    (
        "lodgers",
        (
            r"群租|上下铺|劏房|隔断|二房东|民宿|日租|劏|胶囊|廿几|十几个人|一屋住|张床|网店仓"
            r"|住改商|做门面|住宅|隔成|咗做|改咗"
        ),
        r"SUBDIVI|OVERCROWD|LODGER|AIRBNB|BUNK|CAPSULE|PARTITION|SUBLET",
    ),
    ("air conditioner", r"空调|冷气|外机|空调水|空调架|冷气机", r"AIR ?CON|A/C|AIRCON|CONDENSER"),
    (
        "laundry",
        r"晾|晒被|晒衣|晾衫|滴水.{0,4}衣|被子",
        r"LAUNDRY|WASHING LINE|HANGING CLOTHES|CLOTHESLINE|DRYING",
    ),
    ("wall damp", r"发霉|起泡|墙纸", r"PEELING"),
    (
        "leak",
        (
            r"漏水|渗水|滴水|渗|漏|滴到|滴落|水渍|天花|吊顶|霉|水包|返潮|濡湿|墙.{0,3}湿|泡了"
            r"|防水|滴滴|漏得|渗到|水迹|漏雨"
        ),
        r"LEAK|DRIP|SEEP|DAMP|CEILING|MOULD|MOLD|STAIN|LEAKY",
    ),
    (
        "new water",
        (
            r"停水|没水|冇水|无水|断水|没有水|水压|水好细|水很小|水流|一滴水|水龙头|热水|自来水"
            r"|花洒|水质|水黄|浑|自来|水表|水单|邋遢|净水|有啲水嚟|冇晒水|水嚟|送水|水喉|水费"
            r"|铁锈|开水"
        ),
        (
            r"(?:NO|HOT|BROWN|TAP|DIRTY) WATER"
            r"|WATER (?:IS |WAS )?(?:OFF|OUT|PRESSURE|SUPPLY|CUT)|WATER'?S OFF|TAPS?|TRICKLE|TAP"
            r"|WATER"
        ),
    ),
    (
        "burst pipe",
        (
            r"水管爆|爆管|爆水管|水管裂|爆水喉|水喉.{0,6}爆|水管冻|冻裂|管爆|管裂|喷水"
            r"|水管.{0,4}(?:破|断|裂)|阀门|喷"
        ),
        r"BURST|BROKEN PIPE|VALVE|SPRAYING|GUSH",
    ),
    ("public toilet", r"公厕|公共厕所|卫生间门", r"PUBLIC TOILET|LAVATORY"),
    (
        "drain",
        (
            r"下水|管道|渠|马桶|地漏|厕所|反味|返味|冒上来|倒灌|污水|排水|雨水篦|化粪|通不了"
            r"|疏通|立管|去水|返水|地渠|便池|坐厕|下水口|管子堵|塞咗|粪|坑渠"
        ),
        r"DRAIN|SEWER|SEWAGE|TOILET|PIPES?|CLOG|BACKED UP|BLOCKED PIPE|GUTTER|SINK|FOUL",
    ),
    (
        "flood",
        (
            r"积水|水浸|内涝|淹|水到小腿|涝|进水|浸水|水退|退水|水氹|雨水进|水塘|成河|成水"
            r"|水没过|浸到|暴雨|雨季|到膝|落大雨|成湖|水深|内河|泡水|水灌"
        ),
        (
            r"FLOOD|PUDDLE|WATERLOG|STANDING WATER|SWIMMING POOL|GULLY|UNDER WATER|SUBMERGED"
            r"|UNDERWATER|DELUGE"
        ),
    ),
    (
        "power",
        (
            r"停电|没电|冇电|断电|跳闸|电表|电闸|缺电|电力|摸黑|电压|一路电|抄表|供电|黑了"
            r"|冇晒电|跳掣|就跳|蜡烛|线路|打雷|空气开关|保险丝|断路|电梯没电|供电局|没通电"
            r"|插座没电"
        ),
        r"POWER|ELECTRICITY|BLACKOUT|TRIPPED|METER|VOLTAGE|BROWNOUT|FUSE|OUTAGE|NO ELECTRIC",
    ),
    ("switch room", r"配电房|电房|配电箱|电箱", r"SWITCH ?ROOM|FUSE ?BOX|ELECTRICAL ROOM"),
    ("phone signal", r"手机|信号", r"(?:PHONE|MOBILE|CELL) (?:SIGNAL|RECEPTION)|RECEPTION"),
    (
        "internet",
        (
            r"宽带|宽频|断网|断咗网|断了网|上网|没网|网络|网断|冇网|光纤|上到网|光缆|路由|网速"
            r"|掉线|机顶盒|网线|卡顿|断线|电话筒|电讯|通信|运营商|讯号|电信|基站"
        ),
        r"INTERNET|BROADBAND|WI-?FI|ROUTER|SIGNAL|LANDLINE|FIB(?:RE|ER)|ONLINE",
    ),
    (
        "wires",
        r"电线|线缆|电缆|杆线|缆线|电话线|电线杆|灯柱|电杆|杆",
        r"CABLES?|WIRES?|WIRING|POLES?",
    ),
    (
        "charging",
        (
            r"充电|飞线|拉线|电瓶|电池|拎电池|插座|叉电|叉到|叉自己|叉住|插着电|排插|充|拖板"
            r"|装电|换电"
        ),
        r"CHARG|SOCKET|BATTER|EXTENSION (?:CORD|LEAD)|PLUG",
    ),
    (
        "parking fee",
        (
            r"停车费|泊车费|车位费|月保|车位管理费|停车卡|月卡|租个位|租位|停车收|临停|小时收"
            r"|月租|按金|抽签|车位.{0,4}名单|停车票|收停车|车位租|月票"
        ),
        r"PARKING (?:FEE|CHARGE|PERMIT|CARD)|BAYS?|PARKING|WAITING LIST|PARKING RATE|TARIFF",
    ),
    (
        "wreck",
        r"僵尸车|废弃车|破车|报废车|弃置|废车|停了半年|没动过|瘪|死车|烂车|积尘",
        r"ABANDON|WRECK|DUMPED|ROTTING|JUNK CAR|RUSTING|UNUSED CAR",
    ),
    ("shared bikes", r"共享单车|共享电", r"SHARED BIKES?|BIKE.?SHAR"),
    ("bicycle", r"单车|自行车|脚踏车|共享|自行车棚", r"BICYCLE|BIKES?|CYCL"),
    (
        "e-bike",
        r"电动车|电瓶车|电单车|摩托|电驴|推车上楼|进楼|电摩|电动自行车|外卖车|快递车|电车",
        (
            r"E-?BIKE|SCOOTER|MOPED|MOTOR ?BIKE|MOTORCYCLE|TWO-?WHEEL|ELECTRIC BIKE"
            r"|DELIVERY RIDER|DELIVERY BIKE|ELECTRIC MOTOR"
        ),
    ),
    ("height bar", r"限高", r"HEIGHT (?:BAR|LIMIT)"),
    (
        "parked",
        (
            r"停车|泊车|泊|乱停|停满|占车位|车位|违停|停了辆|停在|堵死|私家车|面包车|小车|轿车"
            r"|货车|停住|架车|阻住|横在|车库口|公共位|占位|挡住|堵住|堵着|位子|锁起来|有架|车主"
            r"|人霸|霸咗|个位|停放|占道停|堵门|堵车位|挡门|挡道|车子|汽车|的车|横停|双排"
        ),
        (
            r"PARKED|PARKING|DOUBLE-?PARK|VANS?|CARS?|TRUCK|LORRY|BLOCKING MY|BAY|SPACE|BLOCKS"
            r"|BLOCKED BY|PARKS|COACH|TAXI"
        ),
    ),
)  # fmt: skip
