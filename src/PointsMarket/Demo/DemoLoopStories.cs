using PointsMarket.Loops;
using static PointsMarket.Loops.LoopAction;

namespace PointsMarket.Demo;

/// <summary>What the demo's loops tell: places and matters, never people.</summary>
internal static class DemoLoopStories
{
    /// <summary>A step so many days ago, at an hour of the day; <see cref="Days"/> is the deadline from then.</summary>
    public sealed record Step(LoopAction Action, int DaysAgo, int Hour, string? Words = null, string? Who = null, int? Days = null, string? Picture = null, string? Member = null);

    /// <summary>One loop. With <see cref="FromCategory"/> it is made from a verified report, which brings its own words and place.</summary>
    public sealed record Story(LoopKind Kind, string Grid, string Place, string Text, int DaysAgo, int Hour, Step[] Steps)
    {
        public DisputeType? Type { get; init; }
        public string? FromCategory { get; init; }
        public string? Picture { get; init; }
        public string? Finder { get; init; }
    }

    public static readonly IReadOnlyList<(string Area, DisputeType Type, string Office, string? Member)> Mediators =
    [
        ("PR1", DisputeType.Noise, "兴谷物业服务中心经理", null), ("PR1", DisputeType.Neighbours, "村人民调解委员会", null), ("PR1", DisputeType.Money, "镇法律援助工作站", null),
        ("PR1", DisputeType.Family, "村妇联主任", null), ("PR1", DisputeType.Other, "驻村干部", null), ("V1", DisputeType.Neighbours, "吴场村楼栋长", "G0001"),
    ];

    private const string FixedWords = "责任方已按要求处理，现场复查，隐患消除";

    private static readonly Story[] Hazards =
    [
        new(LoopKind.Hazard, "", "", "", 26, 9,
        [
            new(Notify, 26, 15, "请在期限内消除隐患，期间设好警示，不让人靠近", "现场管理单位", 7), new(Reinspect, 20, 10, FixedWords, Picture: "lamp-after"), new(Pass, 20, 11, "复查合格"),
        ]) { FromCategory = "hazard-found" },
        new(LoopKind.Hazard, "V2G04", "集市东侧五金店", "纸箱和木料堆在消防通道上，通道只剩半米宽", 12, 9,
        [
            new(Notify, 12, 14, "清出消防通道，宽度不少于 1.2 米；货物移到库房，不得再占用", "集市东侧五金店", 7),
            new(Reinspect, 5, 10, "已清走一半，靠墙还堆着木料，通道仍不够宽", Picture: "wood-before"),
            new(Notify, 5, 11, "剩余木料全部移走，电表箱周围一米内不放东西", "集市东侧五金店", 7),
        ]) { Picture = "wood-before", Finder = "G0010" },
        new(LoopKind.Hazard, "V3G02", "河堤水渠北段", "护栏断了五六米，放学的孩子从这里经过，容易掉下去", 18, 8,
        [
            new(Notify, 18, 10, "补装断开的护栏；修好之前拉警戒带，放置警示牌", "河堤管护站", 5),
            new(Reinspect, 12, 9, "护栏已补齐焊牢，来回推不晃，警戒带已撤", Picture: "canal-after"), new(Pass, 12, 16, "复查合格，感谢管护站当天就来人"),
        ]) { Picture = "canal-before", Finder = "G0001" },
        new(LoopKind.Hazard, "V5G07", "林疃村西头机耕路", "低压线垂得很低，收割机经过会挂到", 9, 10, [new(Refer, 9, 15, "请到现场看一看，抬高或更换这一段线路", "镇供电所", 10)]) { Finder = "G0021" },
        new(LoopKind.Hazard, "V4G03", "小区北门车棚", "从楼上拉线给电动车充电，一共四处", 10, 9, [new(Notify, 10, 16, "拆除飞线，在车棚装集中充电口；当晚起有人值守", "小区物业服务中心", 8)]),
        new(LoopKind.Hazard, "V4G08", "幼儿园门口", "减速带松动翘起，电动车压过去会弹", 1, 9, []) { Finder = "G0001" },
        new(LoopKind.Hazard, "V1G05", "文化广场南路", "两盏路灯不亮，晚上看不清路，有老人绊过", 8, 18,
        [
            new(Notify, 7, 9, "检修这两盏路灯，三天内恢复照明", "镇路灯管理所", 5), new(Reinspect, 1, 16, "傍晚去看，两盏都亮了", Picture: "lamp-after"),
        ]) { Picture = "lamp-before", Finder = "G0010" },
    ];

    private static readonly Story[] Disputes =
    [
        new(LoopKind.Mediation, "V4G01", "文化广场", "晚上跳舞的音响声音大，附近住户休息不好", 29, 9,
        [
            new(Assign, 29, 10, "两边都听一听", "兴谷物业服务中心经理", 5), new(Mediate, 26, 15, "晚上八点半以后关音响，音量调到三档；广场西侧让出来给孩子玩"),
            new(FollowUp, 20, 16, "连着三个晚上去看，都按时关了"), new(Revisit, 6, 10, "住户说现在能睡好了，跳舞的也有地方"), new(Close, 5, 9),
        ]) { Type = DisputeType.Noise },
        new(LoopKind.Mediation, "V1G02", "吴场村二组", "两家共用的排水沟堵了，一家要挖开，一家怕塌墙", 4, 9, [new(Assign, 4, 11, "先看现场，再一起商量谁出工、谁出料", "吴场村楼栋长", 6, Member: "G0001")]) { Type = DisputeType.Neighbours },
        new(LoopKind.Mediation, "V3G06", "兴东建材市场", "装修工钱没有结清，说法不一", 11, 14,
        [
            new(Assign, 10, 9, "请带上双方的账", "镇法律援助工作站", 7), new(Mediate, 5, 15, "核对后按实际工时结算，分两次付清，第一次已当面付"),
        ]) { Type = DisputeType.Money },
        new(LoopKind.Mediation, "V2G09", "陆圩村三组", "老房维修费几家分摊不均", 24, 9,
        [
            new(Assign, 24, 15, null, "村妇联主任", 7), new(Mediate, 19, 10, "按住的间数分摊，材料一起买，人工各家出"), new(FollowUp, 13, 16, "材料钱已交齐，下周动工"),
        ]) { Type = DisputeType.Family },
        new(LoopKind.Mediation, "V4G05", "兴谷小区 6 号楼", "中午装修钻墙，楼下住户有意见", 1, 13, []) { Type = DisputeType.Noise },
        new(LoopKind.Mediation, "V5G02", "林疃村五组", "翻建的院墙挡了邻居采光", 28, 10,
        [
            new(Assign, 28, 15, null, "村人民调解委员会", 7), new(Mediate, 23, 9, "墙降到一米八，靠路一侧换成栅栏"), new(FollowUp, 17, 10, "栅栏已换，墙还没有降"),
            new(RevisitUnsettled, 4, 15, "墙只降了一半，说好的没有做完"), new(Refer, 3, 10, "请依规划核实高度，主持再次调解", "镇司法所", 10),
        ]) { Type = DisputeType.Neighbours },
        new(LoopKind.Mediation, "", "", "", 27, 10,
        [
            new(Assign, 27, 14, null, "驻村干部", 5), new(Mediate, 25, 10, "照商量好的办，双方不再为这件事争"), new(FollowUp, 19, 9, "问过两边，都照约定做了"), new(Revisit, 1, 15, "都满意"),
        ]) { FromCategory = "dispute", Type = DisputeType.Other },
    ];

    private static readonly Story[] Opinions =
    [
        new(LoopKind.Opinion, "V1G09", "吴场村公交站", "希望早上六点半加一班公交，去镇上的人多", 22, 9,
        [
            new(Own, 22, 14, "请联系客运公司", "网格协调员", 5), new(Refer, 20, 10, "请研究能否增加一班", "镇交通管理站", 10), new(Reply, 12, 15, "下月起工作日六点四十加开一班"),
            new(Answer, 11, 9, "下个月起，工作日早上六点四十加开一班"), new(Close, 9, 10),
        ]) { Finder = "K0001" },
        new(LoopKind.Opinion, "V4G10", "养老服务站门口", "台阶太高，希望加一段坡道和扶手", 6, 10, [new(Own, 6, 15, "先量尺寸，问问村里的预算", "兴谷村委会", 7)]) { Finder = "G0001" },
        new(LoopKind.Opinion, "V2G06", "陆圩村垃圾投放点", "夏天味道大，希望每天早上清运", 13, 8,
        [
            new(Own, 13, 11, null, "保洁队长", 5), new(Own, 12, 9, "保洁队长请假，改由村委会接办", "陆圩村委会", 6), new(Correct, 12, 10, "点错了，仍由保洁队长办"),
            new(Answer, 8, 15, "清运时间改到每天早上七点，桶也加了两个"), new(Close, 6, 9),
        ]) { Finder = "G0010" },
        new(LoopKind.Opinion, "V3G11", "兴东村小广场", "希望加几条长椅和一个饮水点", 1, 16, []) { Finder = "G0021" },
        new(LoopKind.Opinion, "V5G04", "林疃村卫生室", "希望每周有半天能量血压、问用药", 7, 9,
        [
            new(Own, 7, 14, "和卫生院商量", "村卫生室", 6), new(Answer, 1, 15, "每周三上午量血压、答疑，不用排号"),
        ]),
    ];

    public static IReadOnlyList<Story> All { get; } = [.. Hazards, .. Disputes, .. Opinions];
}
