"""Order, the property office, services, and troubles of every kind of thing.

Name, Chinese words in simplified characters (Mandarin and Cantonese), English in capitals.
"""

from typing import Final

ROWS: Final[tuple[tuple[str, str, str], ...]] = (
    ("cheating", r"短斤|缺两|缺斤|算错|计错|宰客", r"CHEATS?|SCALES|OVERCHARG"),
    (
        "stalls",
        (
            r"摆摊|摊|小贩|走鬼|档口|占道|乱摆|霸路|阻街|鱼档|菜档|修鞋|行人路|货架|夜市|推车"
            r"|早市|摆卖|流动摊|卖菜的|卖菜|摆到出|摆到外|三轮|番薯|红薯|炸串|小吃车|街边档"
        ),
        r"HAWKER|STALLS?|VENDOR|VENDING|PEDDL|TRADERS?|PUSHCART|CARTS?",
    ),
    ("restaurant", r"餐馆|饭店|大排|火锅店|茶餐厅", r"RESTAURANT|EATERY"),
    ("fund", r"幸福资金|专项经费|项目资金|筹款|众筹|夹钱|资助", r"FUNDING|GRANT"),
    ("rules", r"公约|守则|条款|立个规矩|立规矩|管理规则|章程", r"RULES?|BYLAW|COVENANT"),
    (
        "law",
        r"条例|立法|草案|修法|修例|人大|法案",
        r"DRAFT (?:LAW|RULE)|LEGISLAT|ORDINANCE|DEPUT(?:Y|IES)",
    ),
    ("renewal", r"翻新|改造|微改|活化|旧改", r"REVAMP|REDEVELOP|REFURBISH|UPGRADE"),
    (
        "mediation",
        r"调解|评评理|评理|和事|劝劝|说合|拉返|冷战|中间人|拗|纠纷",
        r"MEDIAT|NEUTRAL|DISPUTE|THIRD PARTY",
    ),
    (
        "app",
        r"小程序|绑定|解绑|刷脸|访客码|APP|公众号|账号|登不上|扫码机|认证",
        r"APP|LOG ?IN|QR|PLATFORM|ACCOUNT",
    ),
    (
        "committee",
        r"业委会|业主委员会|法团|换届|业主大会|主席|选票|委员|投票|业伟|换人",
        r"OWNERS'? COMMITTEE|OWNERS'? CORPORATION|RE-?ELECT|CHAIRMAN|COMMITTEE|BALLOT|VOTES?",
    ),
    (
        "accounts",
        (
            r"账目|公示|公共收益|维修资金|账本|看账|公开账|维修基金|维修金|钱去哪|条数|收入入"
            r"|进了谁|租金去"
        ),
        (
            r"ACCOUNTS|COMMON INCOME|REPAIR FUND|STATEMENTS?|RESERVE FUND|COMMON ACCOUNT"
            r"|MAINTENANCE MONEY"
        ),
    ),
    (
        "shared cost",
        r"分摊|掏钱|众筹|集资|出资",
        r"SHARE (?:OF )?THE COST|CHIP IN|SPLIT THE COST|COST.?SHAR",
    ),
    (
        "fee",
        r"物业费|管理费|收费|涨价|提价|加价|贵|缴费|交费",
        r"FEES?|CHARGES?|PRICE|EXPENSIVE|OVERCHARG",
    ),
    ("invoice", r"发票|收据", r"INVOICE|RECEIPT"),
    ("asleep", r"睡觉|瞓觉|打瞌睡|趴着", r"ASLEEP|SLEEPS? ON"),
    ("guards", r"保安|门岗|岗亭|陌生人|外人", r"GUARDS?|SECURITY|STRANGERS?"),
    (
        "staff",
        r"网格员|办事员|调解员|居委|窗口|工作人员|经办|社工",
        r"GRID WORKER|OFFICER|CLERK|STAFF",
    ),
    ("rude", r"态度|骂人|冲得很|说话特别|凶|冇礼貌", r"RUDE|ATTITUDE|SWORE|INSULT"),
    ("hotline", r"没人接|冇人听|打不通|电话没", r"NOBODY ANSWERS|NO ONE PICKS UP|UNREACHABLE"),
    (
        "praise",
        r"表扬|感谢|多谢|好人|赞|锦旗|谢谢|有心|真好|点赞|夸",
        r"THANK|PRAISE|COMMEND|GRATEFUL|WELL DONE|KIND",
    ),
    ("home care", r"护理|上门照|平安钟|康复|居家养老|助浴|陪护", r"CARER|HOME CARE|NURSING"),
    (
        "food",
        r"饭菜|菜又|太咸|难吃|伙食|肉不新鲜|变质|菜太|老人餐|助餐|饭卡|长者饭|饭堂",
        r"FOOD|MEALS? (?:IS|ARE)|TASTE|SALTY|STALE|CANTEEN",
    ),
    ("meals home", r"送餐|送到家|上门送", r"DELIVER"),
    ("dinner", r"晚餐|晚市|晚饭|开晚|加个晚", r"DINNER|EVENING MEAL|IN THE EVENING TOO"),
    (
        "childcare",
        r"托管|看孩子|放学|接送|带娃|托儿|湊仔|双职工|托|看护|湊|没人带|暑期|寒假",
        (
            r"CHILD ?CARE|AFTER-?SCHOOL|BABYSIT|PICK UP MY (?:KID|CHILD)|TODDLER"
            r"|WATCH (?:HIM|HER)|KIDS CLUB"
        ),
    ),
    ("big print", r"大字|字咁细|字太小|字跟", r"BIG TYPE|LARGE PRINT"),
    (
        "classes",
        r"兴趣班|太极|书法班|课程|课堂|培训班|合唱|亲子|学|教|活动|报名|班",
        r"CLASS(?:ES)?|COURSE|TAI ?CHI|WORKSHOP|LESSONS?|CLUB|HIKE|LEARN",
    ),
    ("appointment", r"挂号|预约|陪.{0,6}看病", r"APPOINTMENT|ESCORT"),
    (
        "clinic",
        r"义诊|体检|量血压|看病|医生|疫苗|血糖|听力|接种|换药|上门看|筛查|骨密|牙",
        r"CLINIC|HEALTH CHECK|DOCTOR|BLOOD PRESSURE|VACCIN|DENTAL|JAB|SCREENING",
    ),
    ("wages", r"出粮|欠薪|工资|工钱|拖粮|包工头", r"WAGES?|SALARY|UNPAID"),
    ("court", r"法院|判决|官司|起诉|执行不", r"COURT|SUE|VERDICT"),
    ("refund", r"退款|退钱|退货|预付|充了", r"REFUND"),
    ("housing", r"公租|廉租|租房补贴|保障房", r"PUBLIC RENTAL|SOCIAL HOUSING"),
    (
        "job",
        r"找工作|份工|就业|招聘|工作$|岗位|手工|工坊|招工|牌照|面试|简历",
        r"JOBS?|EMPLOY|HIRING|INTERVIEW|CAREER|WORK HERE",
    ),
    (
        "aid",
        r"低保|救助|困难|补助|救济|没人管|吃不饱|冇人理|孤儿|棉被|补贴|穷|交不起|交唔起",
        r"HARDSHIP|ALLOWANCE|SUBSIDY|WELFARE|POOR|ORPHAN|CANNOT AFFORD",
    ),
    (
        "counsel",
        r"心理|抑郁|律师|法律|想傾|倾诉|社工倾|自闭|情绪|遗嘱",
        r"COUNSEL|DEPRESS|LAWYER|LEGAL|DEPRESSION|THERAP|WILL\b",
    ),
    ("volunteer", r"志愿|义工", r"VOLUNTEER"),
    (
        "residence",
        r"居住证|居住登记|粤居码|暂住|户口|登记|门牌|搬来|搬嚟",
        r"RESIDENCE|REGISTER MY|RESIDENT PERMIT|REGISTER|PERMIT",
    ),
    ("insurance", r"医保|社保|报销", r"INSURANCE|REIMBURS"),
    ("school place", r"学位|入学|招生|转学", r"SCHOOL PLACE|ENROL"),
    ("deed", r"房产证|办证|产权", r"DEED|TITLE"),
    (
        "opening hours",
        r"周末|星期六|星期日|开放|几点开|开门",
        r"OPEN(?:ING)? (?:HOURS|ON)|WEEKENDS?",
    ),
    ("sales", r"推销|保健品", r"SALES(?:MAN|MEN)|DOOR-?TO-?DOOR"),
    ("chopping", r"剁|斩肉|切菜", r"CHOPPING"),
    ("television", r"电视|游戏声|打机|看球", r"TV|TELEVISION|GAMING"),
    ("firecrackers", r"鞭炮|放炮|烟花|炮仗", r"FIREWORK|FIRECRACK"),
    ("loudspeaker", r"喇叭|叫卖|高音|广播", r"LOUDSPEAKER|MEGAPHONE|TANNOY"),
    ("party", r"聚会|喝酒|划拳|派对|聚餐", r"PART(?:Y|IES)|DRINKING"),
    (
        "traffic noise",
        r"鸣笛|按喇叭|货柜车|重车|倒车|洗车|隔音屏",
        r"HONK|TRAFFIC NOISE|ENGINE|REVV",
    ),
    ("bell", r"钟声|电铃|警报声|闹钟", r"BELLS?|ALARM"),
    ("washing machine", r"洗衣机|甩干|洗衫机", r"WASHING MACHINE|SPIN CYCLE"),
    ("prompt", r"提示音|播报", r"ANNOUNCEMENT|BEEP"),
    (
        "noise",
        r"吵|嘈|噪|扰民|声音太大|睡不着|瞓唔|睡不了|没法睡|大声",
        r"NOIS|LOUD|RACKET|SLEEP|AWAKE|DIN\b",
    ),
    ("stairs", r"楼梯|台阶|梯级", r"STAIRS?|STEPS|STAIRWELL|STAIRCASE"),
)  # fmt: skip
