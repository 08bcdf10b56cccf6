"""Order, the property office, services, and what is said of every kind of thing.

Name, Chinese words in simplified characters (Mandarin and Cantonese), English in capitals.
"""

from typing import Final

ROWS: Final[tuple[tuple[str, str, str], ...]] = (
    ("cheating", r"短斤|缺两|缺斤|算错|计错|宰客", r"CHEATS?|SCALES|OVERCHARG"),
    (
        "stalls",
        (
            r"摆摊|摊|小贩|走鬼|档口|占道|乱摆|霸路|阻街|鱼档|菜档|修鞋|行人路|货架|夜市|推车"
            r"|早市|摆卖|流动摊|卖菜的|卖菜|摆到出|摆到外|三轮|番薯|红薯|炸串|小吃车|街边档|摆到"
            r"|城管|生果|水果|个卖|流动摊贩|地摊|夜宵摊|烧烤摊|水果档|档摊|占道经营|外摆|早餐车"
        ),
        (
            r"HAWKER|STALLS?|VENDOR|VENDING|PEDDL|TRADERS?|PUSHCART|CARTS?|FRUIT|FOOD TRUCK"
            r"|STREET FOOD|KIOSK"
        ),
    ),
    ("bar", r"酒吧|KTV", r"BARS?|NIGHTCLUB"),
    ("restaurant", r"餐馆|饭店|大排|火锅店|茶餐厅", r"RESTAURANT|EATERY"),
    (
        "fund",
        r"幸福资金|专项经费|项目资金|筹款|众筹|夹钱|资助|经费|配套|资金|凑了",
        r"FUNDING|GRANT|MATCHING",
    ),
    (
        "rules",
        r"公约|守则|条款|立个规矩|立规矩|管理规则|章程|规定|规矩|不准|唔准|不许|写进|村规",
        r"RULES?|BYLAW|COVENANT|CHARTER",
    ),
    (
        "law",
        r"条例|立法|草案|修法|修例|人大|法案|法规|代表|法例|论坛",
        r"DRAFT (?:LAW|RULE)|LEGISLAT|ORDINANCE|DEPUT(?:Y|IES)",
    ),
    (
        "renewal",
        (
            r"翻新|改造|微改|活化|旧改|空间|改做|改成|闲置|老旧|废弃|规划|建一个|建个|改建|设计"
            r"|公共空间|增加|增设"
        ),
        (
            r"REVAMP|REDEVELOP|REFURBISH|UPGRADE|TURN (?:IT|THE)|CLUBHOUSE|BUILD A|TURN INTO"
            r"|CONVERT|REDESIGN"
        ),
    ),
    (
        "mediation",
        (
            r"调解|评评理|评理|和事|劝劝|说合|拉返|冷战|中间人|拗|纠纷|公道|谈不拢|兄弟|两家"
            r"|和解|说理|居中|赔偿|赔钱|扯皮|吵翻"
        ),
        r"MEDIAT|NEUTRAL|DISPUTE|THIRD PARTY|SETTLE|COMPENSAT|PEACE",
    ),
    (
        "app",
        (
            r"小程序|绑定|解绑|刷脸|访客码|APP|公众号|账号|登不上|扫码机|认证|识别|程式|注册"
            r"|房号|审核|验证码|人房|公众平台|网上|系统|手机号绑|认证失败"
        ),
        r"APP|LOG ?IN|QR|PLATFORM|ACCOUNT|FACE|SIGN IN|REGISTRATION|BIND",
    ),
    ("idea", r"点子|建议箱|意见箱|意见征集|想法", r"IDEAS?|SUGGESTION"),
    (
        "committee",
        (
            r"业委会|业主委员会|法团|换届|业主大会|主席|选票|委员|投票|业伟|换人|选举|筹备"
            r"|换届选举|业主代表|业主会|罢免"
        ),
        (
            r"OWNERS'? COMMITTEE|OWNERS'? CORPORATION|RE-?ELECT|CHAIRMAN|COMMITTEE|BALLOT|VOTES?"
            r"|ELECTION|OWNERS|HOMEOWNER"
        ),
    ),
    (
        "accounts",
        (
            r"账目|公示|公共收益|维修资金|账本|看账|公开账|维修基金|维修金|钱去哪|条数|收入入"
            r"|进了谁|租金去|租金|收入|基金|明细|余额|资金去向|账|对账|专项维修|收支|广告收入"
            r"|场地出租"
        ),
        (
            r"ACCOUNTS|COMMON INCOME|REPAIR FUND|STATEMENTS?|RESERVE FUND|COMMON ACCOUNT"
            r"|MAINTENANCE MONEY|INCOME|AUDIT|FINANC|BOOKS"
        ),
    ),
    (
        "shared cost",
        r"分摊|掏钱|众筹|集资|出资",
        r"SHARE (?:OF )?THE COST|CHIP IN|SPLIT THE COST|COST.?SHAR",
    ),
    (
        "fee",
        (
            r"物业费|管理费|收费|涨价|提价|加价|贵|缴费|交费|物管费|卫生费|电梯费|水电费|滞纳"
            r"|催缴|乱收|多收"
        ),
        r"FEES?|CHARGES?|PRICE|EXPENSIVE|OVERCHARG|BILL|CHARGED|PAYMENT|SURCHARGE",
    ),
    ("invoice", r"发票|收据", r"INVOICE|RECEIPT"),
    ("asleep", r"睡觉|瞓觉|打瞌睡|趴着", r"ASLEEP|SLEEPS? ON"),
    (
        "property office",
        r"物业|管理处|管家|报修|客服|物业公司|服务差|不作为|不理|不处理|拖着",
        r"MANAGEMENT|PROPERTY|ESTATE OFFICE|HOUSING MANAGER",
    ),
    (
        "guards",
        r"保安|门岗|岗亭|陌生人|外人|门卫|巡逻|值班|放人|放车|生人|推销的进",
        r"GUARDS?|SECURITY|STRANGERS?|PATROL|WATCHMAN|GATEKEEPER|DOORMAN",
    ),
    (
        "staff",
        r"网格员|办事员|调解员|居委|窗口|工作人员|经办|社工|职员|干部|推诿|接待|入户|皮球",
        r"GRID WORKER|OFFICER|CLERK|STAFF|COMPLAINT",
    ),
    ("rude", r"态度|骂人|冲得很|说话特别|凶|冇礼貌", r"RUDE|ATTITUDE|SWORE|INSULT"),
    ("hotline", r"没人接|冇人听|打不通|电话没", r"NOBODY ANSWERS|NO ONE PICKS UP|UNREACHABLE"),
    (
        "praise",
        r"表扬|感谢|多谢|好人|赞|锦旗|谢谢|有心|真好|点赞|夸|辛苦|解决了|搞掂|救返",
        r"THANK|PRAISE|COMMEND|GRATEFUL|WELL DONE|KIND|GREAT",
    ),
    (
        "home care",
        (
            r"护理|上门照|平安钟|康复|居家养老|助浴|陪护|送饭|日间|出院|护工|保姆|照料|独居|空巢"
            r"|上门探望|呼叫器|看护老人|喂药"
        ),
        r"CARER|HOME CARE|NURSING|LIVES ALONE|CHECK ON|WELFARE CHECK|BEDRIDDEN",
    ),
    (
        "food",
        (
            r"饭菜|菜又|太咸|难吃|伙食|肉不新鲜|变质|菜太|老人餐|助餐|饭卡|长者饭|饭堂|饭堂饭"
            r"|菜式|吃出|不新鲜|油腻|无糖|清淡|套餐"
        ),
        r"FOOD|MEALS? (?:IS|ARE)|TASTE|SALTY|STALE|CANTEEN|MENU|DISH|PORTION|RICE|GREASY",
    ),
    ("meals home", r"送餐|送到家|上门送", r"DELIVER"),
    ("dinner", r"晚餐|晚市|晚饭|开晚|加个晚", r"DINNER|EVENING MEAL|IN THE EVENING TOO"),
    (
        "childcare",
        (
            r"托管|看孩子|放学|接送|带娃|托儿|湊仔|双职工|托|看护|湊|没人带|暑期|寒假|暑假|功课"
            r"|大人|带孩子|看娃|托班|幼儿|课后|晚托|接孩子|小孩没人"
        ),
        (
            r"CHILD ?CARE|AFTER-?SCHOOL|BABYSIT|PICK UP MY (?:KID|CHILD)|TODDLER"
            r"|WATCH (?:HIM|HER)|KIDS CLUB|HOLIDAY|WATCH|CRECHE|NURSERY|HOMEWORK|MINDER"
        ),
    ),
    ("big print", r"大字|字咁细|字太小|字跟", r"BIG TYPE|LARGE PRINT"),
    (
        "classes",
        (
            r"兴趣班|太极|书法班|课程|课堂|培训班|合唱|亲子|学|教|活动|报名|班|书法|画画|参加"
            r"|舞蹈班|瑜伽|剪纸|插花|手机课|烘焙|讲座|学习班|电脑班"
        ),
        (
            r"CLASS(?:ES)?|COURSE|TAI ?CHI|WORKSHOP|LESSONS?|CLUB|HIKE|LEARN|YOGA|DANCE CLASS"
            r"|COOKING CLASS|TALKS?"
        ),
    ),
    ("appointment", r"挂号|预约|陪.{0,6}看病", r"APPOINTMENT|ESCORT"),
    (
        "clinic",
        (
            r"义诊|体检|量血压|看病|医生|疫苗|血糖|听力|接种|换药|上门看|筛查|骨密|牙|护士"
            r"|卫生站|视像|测血|打针|眼科|中医|针灸|药房"
        ),
        (
            r"CLINIC|HEALTH CHECK|DOCTOR|BLOOD PRESSURE|VACCIN|DENTAL|JAB|SCREENING|NURSE"
            r"|HOSPITAL|OPTICIAN|FLU SHOT|CHECK-?UP|PHARMAC"
        ),
    ),
    (
        "wages",
        r"出粮|欠薪|工资|工钱|拖粮|包工头|欠钱不给|加班费|结账",
        r"WAGES?|SALARY|UNPAID|OWES? ME|OVERTIME|PAY ME",
    ),
    ("court", r"法院|判决|官司|起诉|执行不", r"COURT|SUE|VERDICT"),
    ("refund", r"退款|退钱|退货|预付|充了", r"REFUND"),
    ("housing", r"公租|廉租|租房补贴|保障房", r"PUBLIC RENTAL|SOCIAL HOUSING"),
    (
        "job",
        (
            r"找工作|份工|就业|招聘|工作$|岗位|手工|工坊|招工|牌照|面试|简历|培训|找份|失业|技能"
            r"|介绍|应聘|兼职|零工|月嫂|打工|用工|岗"
        ),
        (
            r"JOBS?|EMPLOY|HIRING|INTERVIEW|CAREER|WORK HERE|TRAINING|PART-?TIME|VACANC"
            r"|WORK FROM HOME"
        ),
    ),
    (
        "aid",
        (
            r"低保|救助|困难|补助|救济|没人管|吃不饱|冇人理|孤儿|棉被|补贴|穷|交不起|交唔起|冇钱"
            r"|没钱|援助|物资|慰问|生活|特困|大病|残疾补|低收入|无依无靠|临时救助"
        ),
        (
            r"HARDSHIP|ALLOWANCE|SUBSIDY|WELFARE|POOR|ORPHAN|CANNOT AFFORD|HARD UP|LOW INCOME"
            r"|BENEFITS?|ASSISTANCE"
        ),
    ),
    (
        "counsel",
        (
            r"心理|抑郁|律师|法律|想傾|倾诉|社工倾|自闭|情绪|遗嘱|离婚|协议|辅导|人倾|焦虑|失眠"
            r"|想不开|压力|陪聊|青春期|厌学|维权"
        ),
        (
            r"COUNSEL|DEPRESS|LAWYER|LEGAL|DEPRESSION|THERAP|WILL\b|TALK TO|STRESS|ANXI|MARRIAGE"
            r"|TEENAGER"
        ),
    ),
    ("volunteer", r"志愿|义工|得闲|时长|公益|帮手|出力", r"VOLUNTEER|TEACH|HELP OUT|LEND A HAND"),
    (
        "residence",
        (
            r"居住证|居住登记|粤居码|暂住|户口|登记|门牌|搬来|搬嚟|地址|租房登记|流动人口|落户"
            r"|居住|迁户"
        ),
        r"RESIDENCE|REGISTER MY|RESIDENT PERMIT|REGISTER|PERMIT|ADDRESS|MOVED IN|TENANT REG",
    ),
    (
        "insurance",
        r"医保|社保|报销|养老保险|医疗保险|退休金|公积金|社保卡",
        r"INSURANCE|REIMBURS|PENSION|PROVIDENT",
    ),
    (
        "school place",
        r"学位|入学|招生|转学|上学|幼儿园报|小学报|学区|入园",
        r"SCHOOL PLACE|ENROL|SCHOOL|KINDERGARTEN PLACE",
    ),
    ("deed", r"房产证|办证|产权", r"DEED|TITLE"),
    (
        "opening hours",
        r"周末|星期六|星期日|开放|几点开|开门",
        r"OPEN(?:ING)? (?:HOURS|ON)|WEEKENDS?",
    ),
    ("sales", r"推销|保健品", r"SALES(?:MAN|MEN)|DOOR-?TO-?DOOR"),
    ("chopping", r"剁|斩肉|切菜", r"CHOPPING"),
    ("television", r"电视|游戏声|打机|看球", r"TV|TELEVISION|GAMING"),
    ("firecrackers", r"鞭炮|放炮|烟花|炮仗|爆竹", r"FIREWORK|FIRECRACK"),
    (
        "loudspeaker",
        r"喇叭|叫卖|高音|广播|喊话|促销|扩音",
        r"LOUDSPEAKER|MEGAPHONE|TANNOY|PUBLIC ADDRESS|PROMOT",
    ),
    (
        "party",
        r"聚会|喝酒|划拳|派对|聚餐|聚众喝|喝醉|宵夜|夜宵|猜拳",
        r"PART(?:Y|IES)|DRINKING|REVEL|BEER|NIGHT SNACK",
    ),
    (
        "traffic noise",
        r"鸣笛|按喇叭|货柜车|重车|倒车|洗车|隔音屏|汽笛|摩托轰|轰鸣|刹车",
        r"HONK|TRAFFIC NOISE|ENGINE|REVV|REVS?|EXHAUST|ROAR",
    ),
    ("bell", r"钟声|电铃|警报声|闹钟", r"BELLS?|ALARM"),
    ("washing machine", r"洗衣机|甩干|洗衫机", r"WASHING MACHINE|SPIN CYCLE"),
    ("prompt", r"提示音|播报", r"ANNOUNCEMENT|BEEP"),
    (
        "noise",
        r"吵|嘈|噪|扰民|声音太大|睡不着|瞓唔|睡不了|没法睡|大声",
        r"NOIS|LOUD|RACKET|SLEEP|AWAKE|DIN\b",
    ),
    (
        "stairs",
        r"楼梯|台阶|梯级|楼梯板|步级|梯口|级台阶|缺角",
        r"STAIRS?|STEPS|STAIRWELL|STAIRCASE|TREAD|STEP",
    ),
)  # fmt: skip
