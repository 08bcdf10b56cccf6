"""Danger, lifts, lamps and doors.

Name, Chinese words in simplified characters (Mandarin and Cantonese), English in capitals.
"""

from typing import Final

ROWS: Final[tuple[tuple[str, str, str], ...]] = (
    ("wiring danger", r"裸露|插头|乱拉|软管|烧焦", r"EXPOSED WIRE|HEATER"),
    (
        "gas",
        r"煤气|燃气|天然气|石油气|瓦斯|嘶嘶|液化|灶|有味|闻到|停气|炉头|气味",
        r"GAS(?! STATION)|HISS|PROPANE|LPG|BOILER",
    ),
    (
        "fire",
        r"着火|起火|火灾|失火|火警|火苗|冒火|火花|冒烟|烧起来|火星|爆燃",
        r"ON FIRE|FLAMES?|BLAZE|SPARKS?|SMOULDER|BURNING SMELL",
    ),
    (
        "violence",
        r"家暴|打老婆|打孩子|被.{0,4}老公打|打仔|虐待|打人|家庭暴力|殴打|打骂|施暴",
        r"BEATS?|BEATING|ABUS|DOMESTIC|HITS|BEATEN|SCREAM",
    ),
    (
        "life",
        r"轻生|生存落去|不想活|唔想活|自杀|跳楼|安眠药|想死|割腕|了结",
        r"SUICID|KILL MYSELF|END IT|OVERDOSE",
    ),
    (
        "lost person",
        r"走失|行失|找不到人|搵唔到人|失联|走丢|迷路|老人走|孩子不见|不见了孩子",
        r"MISSING (?:PERSON|CHILD|MAN|WOMAN)|WANDERED|LOST CHILD|DEMENTIA",
    ),
    (
        "hurt",
        r"晕倒|抽搐|流血|昏迷|没呼吸|心口唔|跌低|摔倒|受伤|叫唔醒",
        r"UNCONSCIOUS|BLEEDING|COLLAPS|INJURED|NOT BREATHING",
    ),
    (
        "fight",
        r"打架|斗殴|打交|动手|打群架|闹事|斗|械斗|醉汉|酒鬼|耍酒疯",
        r"FIGHT|BRAWL|DRUNK|ASSAULT",
    ),
    ("medicine", r"假药|药", r"MEDICINE|PILLS"),
    (
        "fraud",
        (
            r"诈骗|骗|呃钱|呃咗|冒充|转账|汇钱|卷款|人去楼空|理财|陌生链接|验证码|传销|非法集资"
            r"|刷单|假冒|骗子|中奖|上当"
        ),
        r"SCAM|FRAUD|SWINDL|IMPERSONAT|CON MAN|PHISH|FAKE|CHEAT|PYRAMID|FAKE OFFICER",
    ),
    ("stalker", r"尾随|跟住我|跟着我|可疑|陌生男", r"FOLLOW(?:S|ED|ING) ME|SUSPICIOUS|STALK"),
    ("weapon", r"揸住|刀|针筒", r"KNIFE|SYRINGE"),
    (
        "theft",
        (
            r"偷(?!偷)|盗|失窃|不见了我|撬锁|小偷|贼|撬|保险柜|被撬|偷电池|被偷|丢了车|失车|扒手"
            r"|撬门|入室|偷走"
        ),
        (
            r"STOLE|STEAL|THEFT|THIEF|BURGL|BREAK-?IN|PICKPOCKET|ROBB|FORCED OPEN|BROKEN INTO"
            r"|ROBBED|STEALING|BREAK IN"
        ),
    ),
    (
        "thrown",
        (
            r"高空抛|抛物|扔下|往下扔|往楼下|掟落|掟嘢|擲物|掷物|泼下|倒下来|掟|擲|抛落|飞落"
            r"|飞下|推落|泼|倒水|往下丢|丢下|高空|落街|砸在|砸中|丢的|从上|掉烟头|扔烟头|扔瓶"
            r"|扔东西|抛掷|泼水|倒下楼|丢垃圾下"
        ),
        r"THROW|THREW|THROWN|TOSS|HURL|CHUCK|DROPPED FROM|FROM ABOVE|FLICK|LITTER FROM|FLUNG",
    ),
    (
        "falling",
        (
            r"外墙|墙皮|瓷砖|批荡|墙砖|剥落|脱落|幕墙|掉砖|掉皮|屋檐|簷|檐口|女儿墙|掉水泥"
            r"|掉下来一块|跌落|砖头|水泥块|玻璃窗|松脱|悬挂|天花.{0,4}塌|要掉|快掉|空鼓|吊住"
            r"|吊着|墙面|碎片|铁架|花盆|墙体|外立面|水泥皮|松动的砖|玻璃掉|瓦片|招牌要掉|空调架"
            r"|晃荡"
        ),
        (
            r"FA[CÇ]ADE|PLASTER|OUTER WALL|CLADDING|TILES?|FALLING|CONCRETE|MASONRY|COMING DOWN"
            r"|ABOUT TO (?:DROP|FALL)|POTS|LOOSE TILE|CRUMBL|DROP"
        ),
    ),
    (
        "fire lane",
        (
            r"消防通道|消防车道|消防车通道|走火|逃生通道|安全出口|生命通道|逃生门|应急出口"
            r"|消防车进|消防车来|通道|疏散|火烛|救火|登高|逃生|消防门|消防栓前|堵塞消防"
        ),
        (
            r"FIRE (?:LANE|EXIT|ESCAPE|ROUTE)|EMERGENCY EXIT|FIRE ACCESS|FIRE ENGINE|EVACUAT"
            r"|ESCAPE ROUTE"
        ),
    ),
    (
        "fire gear",
        (
            r"灭火器|消火栓|消防栓|烟感|喉辘|消防设施|灭活器|消控|手报|喷淋|灭火|火筒|烟雾|水带"
            r"|喷头|烟感器|应急灯|消防箱|警铃"
        ),
        (
            r"EXTINGUISHER|HYDRANT|SMOKE (?:ALARM|DETECTOR)|SPRINKLER|FIRE (?:SAFETY|EQUIPMENT)"
            r"|HOSE|EMERGENCY LIGHT|FIRE ALARM"
        ),
    ),
    (
        "new lift",
        (
            r"(?:加装|装|增设|建)(?:一?部|个)?(?:电梯|𨋢|升降机)|加梯|装梯|想装.{0,2}梯|加部"
            r"|加个梯"
        ),
        r"(?:ADD|INSTALL|RETROFIT|WANT)\w* (?:AN? |THE )?(?:LIFT|ELEVATOR)|ELEVATOR SUBSIDY",
    ),
    ("lift camera", r"电梯.{0,4}(?:监控|摄像)", r"LIFT CAMERA"),
    (
        "lift",
        (
            r"电梯|升降机|𨋢|䢂|客梯|货梯|部𨋢|梯门|梯子坏|部梯|轿厢|梯停|台梯|停梯|梯又|维保"
            r"|被困|困在|困咗|平层"
        ),
        r"LIFTS?|ELEVATOR|CABIN",
    ),
    ("barrier", r"升降杆|道闸|车闸|起落杆|栏杆机|闸杆|拦车", r"BARRIER|BOOM|CAR GATE"),
    (
        "handrail",
        r"扶手|栏杆|护栏|围栏|栏河|扶把|铁枝|矮墙|条栏|道栏|钢管|铁栏|扶梯扶手|护手",
        r"HAND ?RAIL|RAILING|BANIST|BALUST|GUARD ?RAIL|BALUSTER|HANDHOLD",
    ),
    (
        "signal",
        (
            r"红绿灯|交通灯|信号灯|斑马线|标线|过街|过马路|标志|行人|交通信号|红灯|绿灯|车道线"
            r"|停车线"
        ),
        r"TRAFFIC LIGHT|CROSSING|ZEBRA|CROSSWALK|ROAD MARKING|LINES",
    ),
    ("light pollution", r"灯箱|晃眼|刺眼|光污染|霓虹", r"GLARE|NEON|DAZZL|BILLBOARD"),
    (
        "light",
        (
            r"灯|黑麻麻|黑漆漆|黑乎乎|漆黑|黑灯|照明|一片黑|好黑|看不见台阶|摸黑|黑的|睇唔到路"
            r"|乜都睇唔到|伸手看不见|杆子|光管|灯管|灯泡|灯胆|大灯|一闪|闪个|闪吓|整夜闪"
            r"|忽明忽暗|声控|一盏|几盏|盏|路灯|街灯|夜灯|感应灯|黑"
        ),
        (
            r"LIGHTS?|LAMP|BULB|PITCH DARK|LIGHTING|UNLIT|STREETLIGHT|DARKNESS|SEE A THING"
            r"|FLOODLIGHT|FLICKER|FLASHES|LAMPPOST|GLOW"
        ),
    ),
    (
        "gate",
        r"大闸|闸门|铁闸|后闸|大堂门|大门坏|大铁门|防盗门|卷帘门|大门|闸口|门口栏",
        r"GATES?(?! \d)|GATEWAY|ENTRANCE GATE",
    ),
    (
        "intercom",
        r"对讲|门铃|门钟|按门|可视|呼叫机|对講",
        r"INTERCOM|DOOR ?BELL|ENTRY ?PHONE|BUZZER|VIDEO DOOR",
    ),
    (
        "access",
        (
            r"门禁|刷卡|拍卡|拍极|门卡|卡刷|刷不了|人脸|闸机|感应不到|门禁卡|开不了门|磁卡"
            r"|二维码开门|刷不开|拍唔到"
        ),
        r"(?:ACCESS|KEY|DOOR|ENTRY) ?CARDS?|FOB|FACE RECOG|TURNSTILE|SWIPE|KEYPAD|ENTRY CODE",
    ),
    ("window", r"窗户|窗门|玻璃窗|窗|玻璃幕|窗框|窗台", r"WINDOWS?|PANE|SILL"),
    ("glass", r"玻璃", r"GLASS"),
    ("shutter", r"卷闸|卷帘", r"SHUTTER"),
    ("doormat", r"门口地毯|地垫", r"DOORMAT"),
    (
        "door",
        (
            r"单元门|铁门|防火门|玻璃门|入户门|门锁|锁坏|没锁|门玻璃|门坏|关不上门|锁头|门铰"
            r"|弹簧|密码锁|门口锁|关不上|闩|道门|推拉门|门禁锁"
        ),
        r"DOORS?|LOCKS?|LATCH",
    ),
    ("mailbox", r"信箱|邮箱|报箱|报刊箱|信件", r"MAIL ?BOX|LETTER ?BOX|POST ?BOX"),
)  # fmt: skip
