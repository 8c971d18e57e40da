using System.Text;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Import;

/// <summary>Every kind of bad input: refused with file, row, column and reason, and the database as before.</summary>
public sealed class BadFileTests
{
    private const string Members = "code,name,kind,area,joined,left\n";
    private const string Reports = "reference,member,category,happened_at,filed_at,area,text,outcome,reason\n";
    private const string Cases = "number,title,kind,area,reward,days,opened_at,claimants,approved_at,submitted_at,closed_at\n";
    private const string Goods = "sku,name_zh,name_en,unit,points,value_fen,kind,limit_per_member_month\n";

    /// <summary>The file, its text, and what must be said: row, column, reason.</summary>
    public static TheoryData<string, string, int, string?, ImportReason> BadRows => new()
    {
        { "members.csv", Members + "N1,张三,GridMember,V1,2026-09-31,\n", 2, "joined", ImportReason.BadDate },
        { "members.csv", Members + "N1,张三,GridMember,V1,1926-09-30,\n", 2, "joined", ImportReason.BadDate },
        { "members.csv", Members + "N1,张三,GridMember,V1,30/09/2026,\n", 2, "joined", ImportReason.BadDate },
        { "members.csv", Members + "N1,张三,GridMember,V1,2026-09-30,2026-09-29\n", 2, "left", ImportReason.TooEarly },
        { "members.csv", Members + "N1,张三,GridMember,V1,,\n", 2, "joined", ImportReason.Required },
        { "members.csv", Members + "N1,张三,Chief,V1,2026-09-30,\n", 2, "kind", ImportReason.BadChoice },
        { "members.csv", Members + "N1,张三,gridmember,V1,2026-09-30,\n", 2, "kind", ImportReason.BadChoice },
        { "members.csv", Members + "N1,张三,1,V1,2026-09-30,\n", 2, "kind", ImportReason.BadChoice },
        { "members.csv", Members + "N1,张三,GridMember,V99,2026-09-30,\n", 2, "area", ImportReason.UnknownCode },
        { "members.csv", Members + "N1,=1+1,GridMember,V1,2026-09-30,\n", 2, "name", ImportReason.FormulaLike },
        { "members.csv", Members + "N1,@张三,GridMember,V1,2026-09-30,\n", 2, "name", ImportReason.FormulaLike },
        { "members.csv", Members + "N1,-张三,GridMember,V1,2026-09-30,\n", 2, "name", ImportReason.FormulaLike },
        { "members.csv", Members + "N1, ,GridMember,V1,2026-09-30,\n", 2, "name", ImportReason.Required },
        { "members.csv", Members + "N1,张\0三,GridMember,V1,2026-09-30,\n", 2, "name", ImportReason.ControlCharacter },
        { "members.csv", Members + "N1,张\u202E三,GridMember,V1,2026-09-30,\n", 2, "name", ImportReason.ControlCharacter },
        { "members.csv", Members + "N1,\"张\n三\",GridMember,V1,2026-09-30,\n", 2, "name", ImportReason.ControlCharacter },
        { "members.csv", Members + "N 1,张三,GridMember,V1,2026-09-30,\n", 2, "code", ImportReason.BadCode },
        { "members.csv", Members + "张三,张三,GridMember,V1,2026-09-30,\n", 2, "code", ImportReason.BadCode },
        { "members.csv", Members + "N:1,张三,GridMember,V1,2026-09-30,\n", 2, "code", ImportReason.BadCode },
        { "members.csv", Members + "N1,张三,GridMember,V1,2026-09-30\n", 2, null, ImportReason.CellCount },
        { "members.csv", Members + "N1,张三,GridMember,V1,2026-09-30,,\n", 2, null, ImportReason.CellCount },
        { "members.csv", Members + "N1,\"张\"三,GridMember,V1,2026-09-30,\n", 2, null, ImportReason.BrokenQuotes },
        { "members.csv", Members + "N1,张三,GridMember,V1,2026-09-30,\nN2,\"李四,GridMember,V1,2026-09-30,\n", 3, null, ImportReason.BrokenQuotes },
        { "members.csv", Members + "\n\nN1,张三,GridMember,V1,2026-09-31,\n", 4, "joined", ImportReason.BadDate },
        { "members.csv", Members + "N1,张三,GridMember,V1,2026-09-30,\nN1,李四,GridMember,V1,2026-09-30,\n", 3, "code", ImportReason.DuplicateInFile },
        { "members.csv", Members + "C0001,吕国庆,GridChief,PR1,2025-08-14,\n", 2, "joined", ImportReason.DiffersFromStored },
        { "members.csv", "code,name,kind,area,joined\n", 1, "left", ImportReason.MissingColumn },
        { "members.csv", "code,name,kind,area,joined,left,phone\n", 1, null, ImportReason.UnknownColumn },
        { "members.csv", "code,name,kind,area,joined,left,left\n", 1, "left", ImportReason.ColumnTwice },
        { "members.csv", "code;name;kind;area;joined;left\n", 1, "code", ImportReason.MissingColumn },
        { "members.csv", "", 0, null, ImportReason.EmptyFile },
        { "stocktake-2026-09.csv", "outlet,sku,counted\n", 0, null, ImportReason.UnknownFile },
        { "areas.csv", "code,name,kind,parent,households,residents\nV9,村,Village,V1G01,1,1\n", 2, "parent", ImportReason.BadParent },
        { "areas.csv", "code,name,kind,parent,households,residents\nV9,村,Village,V9,1,1\n", 2, "parent", ImportReason.BadParent },
        { "areas.csv", "code,name,kind,parent,households,residents\nV9,村,Village,,1,1\n", 2, "parent", ImportReason.Required },
        { "areas.csv", "code,name,kind,parent,households,residents\nS9,所,Station,STA,1,1\n", 2, "parent", ImportReason.BadParent },
        { "areas.csv", "code,name,kind,parent,households,residents\nV9,村,Village,PR1,-1,1\n", 2, "households", ImportReason.OutOfRange },
        { "goods.csv", Goods + "EGG,鸡蛋,Eggs,盒,0,1000,goods,\n", 2, "points", ImportReason.OutOfRange },
        { "goods.csv", Goods + "EGG,鸡蛋,Eggs,盒,1.5,1000,goods,\n", 2, "points", ImportReason.BadNumber },
        { "goods.csv", Goods + "EGG,鸡蛋,Eggs,盒,１０,1000,goods,\n", 2, "points", ImportReason.BadNumber },
        { "goods.csv", Goods + "EGG,鸡蛋,Eggs,盒,99999999999999999999,1000,goods,\n", 2, "points", ImportReason.OutOfRange },
        { "goods.csv", Goods + "EGG,鸡蛋,Eggs,盒,10,1000,Goods,\n", 2, "kind", ImportReason.BadChoice },
        { "goods.csv", Goods + "EGG,鸡蛋,Eggs,盒,10,1000,goods,0\n", 2, "limit_per_member_month", ImportReason.OutOfRange },
        { "goods.csv", Goods + "EGGS-OF-A-VERY-LONG-NAME-AND-MORE,鸡蛋,Eggs,盒,10,1000,goods,\n", 2, "sku", ImportReason.TooLong },
        { "outlets.csv", "code,name,area\nO9,点,Z9\n", 2, "area", ImportReason.UnknownCode },
        { "deliveries.csv", "reference,date,sponsor,outlet,sku,quantity,expires\nD99,2026-09-01,S99,O1,SOAP,1,\n", 2, "sponsor", ImportReason.UnknownCode },
        { "deliveries.csv", "reference,date,sponsor,outlet,sku,quantity,expires\nD99,2026-09-01,,O1,SOAP,-5,\n", 2, "quantity", ImportReason.OutOfRange },
        { "deliveries.csv", "reference,date,sponsor,outlet,sku,quantity,expires\nD99,2026-09-01,,O1,SOAP,1,2026-08-01\n", 2, "expires", ImportReason.TooEarly },
        { "funds.csv", "reference,date,fund,kind,amount_fen,note\nF99,2026-09-01,volunteer-fund,gift,100,\n", 2, "kind", ImportReason.BadChoice },
        { "funds.csv", "reference,date,fund,kind,amount_fen,note\nF99,2026-09-01,volunteer-fund,award,9999999999,\n", 2, "amount_fen", ImportReason.NotEnoughMoney },
        { "funds.csv", "reference,date,fund,kind,amount_fen,note\nF99,2026-09-01,基金,grant,100,\n", 2, "fund", ImportReason.BadCode },
        { "reports.csv", Reports + "Z1,G0001,patrol,2026-09-10T10:00,2026-09-10T11:00+08:00,V1,x,verified,\n", 2, "happened_at", ImportReason.BadTime },
        { "reports.csv", Reports + "Z1,G0001,patrol,2026-09-10T25:00+08:00,2026-09-10T11:00+08:00,V1,x,verified,\n", 2, "happened_at", ImportReason.BadTime },
        { "reports.csv", Reports + "Z1,G0001,patrol,0001-01-01T00:00+14:00,2026-09-10T11:00+08:00,V1,x,verified,\n", 2, "happened_at", ImportReason.BadTime },
        { "reports.csv", Reports + "Z1,G0001,patrol,2026-09-10T10:00+08:00,2026-09-10T09:00+08:00,V1,x,verified,\n", 2, "filed_at", ImportReason.TooEarly },
        { "reports.csv", Reports + "Z1,G9999,patrol,2026-09-10T10:00+08:00,2026-09-10T11:00+08:00,V1,x,verified,\n", 2, "member", ImportReason.UnknownCode },
        { "reports.csv", Reports + "Z1,G0001,sleeping,2026-09-10T10:00+08:00,2026-09-10T11:00+08:00,V1,x,verified,\n", 2, "category", ImportReason.BadChoice },
        { "reports.csv", Reports + "Z1,G0001,patrol,2026-09-10T10:00+08:00,2026-09-10T11:00+08:00,V1,x,maybe,\n", 2, "outcome", ImportReason.BadChoice },
        { "reports.csv", Reports + "R000039,M0003,publicity,2026-09-18T00:59+08:00,2026-09-18T06:08+08:00,V3,记录 publicity,rejected,\n", 2, "outcome", ImportReason.DiffersFromStored },
        { "cases.csv", Cases + "Z1,事,lead,V1,50,7,2026-09-01T09:00+08:00,G0001:60;G0002:39,,,\n", 2, "claimants", ImportReason.BadShares },
        { "cases.csv", Cases + "Z1,事,lead,V1,50,7,2026-09-01T09:00+08:00,G0001:50;G0001:50,,,\n", 2, "claimants", ImportReason.BadShares },
        { "cases.csv", Cases + "Z1,事,lead,V1,50,7,2026-09-01T09:00+08:00,G0001:0;G0002:100,,,\n", 2, "claimants", ImportReason.BadShares },
        { "cases.csv", Cases + "Z1,事,lead,V1,50,7,2026-09-01T09:00+08:00,G0001:100;,,,\n", 2, "claimants", ImportReason.BadShares },
        { "cases.csv", Cases + "Z1,事,lead,V1,50,7,2026-09-01T09:00+08:00,G9999:100,,,\n", 2, "claimants", ImportReason.UnknownCode },
        { "cases.csv", Cases + "Z1,事,lead,V1,50,7,2026-09-01T09:00+08:00,,2026-09-02T09:00+08:00,,\n", 2, "approved_at", ImportReason.Without },
        { "cases.csv", Cases + "Z1,事,lead,V1,50,7,2026-09-01T09:00+08:00,G0001:100,,2026-09-02T09:00+08:00,\n", 2, "submitted_at", ImportReason.Without },
        { "cases.csv", Cases + "Z1,事,lead,V1,50,7,2026-09-01T09:00+08:00,G0001:100,2026-08-02T09:00+08:00,,\n", 2, "approved_at", ImportReason.TooEarly },
        { "redemptions.csv", "reference,member,outlet,happened_at,sku,quantity\nZ1,G0001,O1,2026-10-01T09:00+08:00,CARD100,1\n", 2, null, ImportReason.NotEnoughPoints },
        { "redemptions.csv", "reference,member,outlet,happened_at,sku,quantity\nZ1,G0001,O1,2026-10-01T09:00+08:00,SOAP,0\n", 2, "quantity", ImportReason.OutOfRange },
        { "redemptions.csv", "reference,member,outlet,happened_at,sku,quantity\nZ1,G0001,O1,2026-10-01T09:00+08:00,GOLD,1\n", 2, "sku", ImportReason.UnknownCode },
    };

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    /// <summary>One database for all rows: that it stays as it was is just what is tested.</summary>
    [Fact]
    public async Task Import_BadRow_IsNamedAndChangesNothing()
    {
        await using var market = await TestMarket.StartAsync();
        await market.ImportAsync(Xinggu.Sources);
        var before = await market.StateAsync();

        foreach (object?[] bad in BadRows)
        {
            var outcome = await market.ImportAsync([Xinggu.Source((string)bad[0]!, (string)bad[1]!)]);
            Assert.True(outcome.Refused, $"taken: {bad[1]}");
            Assert.True(
                outcome.Problems.Any(p => p.File == (string)bad[0]! && p.Row == (int)bad[2]! && p.Column == (string?)bad[3] && p.Reason == (ImportReason)bad[4]!),
                $"{bad[1]}\n{outcome.Words()}");
            Assert.Equal(before, await market.StateAsync());
        }
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Import_OneBadRowAmongThousands_ChangesNothingAtAll(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var before = await market.StateAsync();

        // The last row of the last file: everything else was written by then.
        var outcome = await market.ImportAsync(Xinggu.With("redemptions.csv", Xinggu.Text("redemptions.csv") + "Z1,G0001,O1,2026-10-01T09:00+08:00,CARD100,3\n"));

        var problem = Assert.Single(outcome.Problems);
        Assert.Equal(new ImportProblem("redemptions.csv", 119, null, ImportReason.NotEnoughPoints, "Z1", problem.Detail), problem);
        Assert.Equal(before, await market.StateAsync());
    }

    [Fact]
    public async Task Import_ManyBadRows_NamesThemAllAndNoneThatIsOnlyAFollower()
    {
        await using var market = await TestMarket.StartAsync();
        var members = Xinggu.Text("members.csv").Replace("G0001,", "G0001,=", StringComparison.Ordinal).Replace("2025-11-10", "soon", StringComparison.Ordinal);
        var sources = Xinggu.With("members.csv", members).Select(s =>
            s.Name == "cases.csv" ? Xinggu.Source(s.Name, Xinggu.Text(s.Name).Replace("P0056:100", "P0056:99", StringComparison.Ordinal)) : s).ToList();

        var outcome = await market.ImportAsync(sources);

        // G0001's reports and case name a bad member: they are not blamed for it.
        Assert.Equal([("members.csv", "joined"), ("members.csv", "name"), ("cases.csv", "claimants")], outcome.Problems.Select(p => (p.File, p.Column!)));
        Assert.Equal(3, outcome.ProblemCount);
        Assert.Equal(2, outcome.Files.Single(f => f.File == ImportFile.Members).Bad);
    }

    [Fact]
    public async Task Import_AreasInAnUnreadableFile_DoesNotBlameTheRest()
    {
        await using var market = await TestMarket.StartAsync();
        var outcome = await market.ImportAsync(Xinggu.With("areas.csv", Xinggu.Text("areas.csv").Replace("parent", "above", StringComparison.Ordinal)));

        Assert.Equal([ImportReason.MissingColumn, ImportReason.UnknownColumn], outcome.Problems.Select(p => p.Reason));
    }

    [Theory]
    [InlineData("GB18030")]
    [InlineData("utf-16")]
    public async Task Import_AnotherEncoding_SaysSo(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await using var market = await TestMarket.StartAsync();
        var coded = Encoding.GetEncoding(encoding);
        var outcome = await market.ImportAsync(Xinggu.With("members.csv", [.. coded.GetPreamble(), .. coded.GetBytes(Xinggu.Text("members.csv"))]));

        Assert.Equal([new ImportProblem("members.csv", 0, null, ImportReason.NotUtf8)], outcome.Problems);
    }

    [Fact]
    public async Task Import_MarkCrlfQuotesAndColumnsInAnotherOrder_AreTaken()
    {
        await using var market = await TestMarket.StartAsync();
        await market.ImportAsync(Xinggu.Sources);
        byte[] bytes =
        [
            .. Encoding.UTF8.Preamble,
            .. Encoding.UTF8.GetBytes("filed_at,reference,member,category,happened_at,area,text,outcome,reason\r\n"
                + "2026-09-30T20:00:30.5+08:00,Z1,G0001,clue,2026-09-30T11:59Z,V1,\"两行\r\n\"\"引号\"\"，=1+1\",verified,\r\n\r\n"),
        ];

        // Half a second is no format of FORMATS; the row without it is taken.
        Assert.True((await market.ImportAsync([Xinggu.Source("reports.csv", bytes)])).Refused);
        var outcome = await market.ImportAsync([Xinggu.Source("九月.csv", Encoding.UTF8.GetString(bytes).Replace(".5+", "+", StringComparison.Ordinal))]);

        Assert.False(outcome.Refused, outcome.Words());
        Assert.Equal(1, outcome.New);
    }

    [Fact]
    public async Task Import_TheSameRowTwiceInAFile_IsTakenOnce()
    {
        await using var market = await TestMarket.StartAsync();
        var outcome = await market.ImportAsync(Xinggu.With("sponsors.csv", Xinggu.Text("sponsors.csv") + Xinggu.Text("sponsors.csv").Split('\n')[1] + "\n"));

        Assert.False(outcome.Refused, outcome.Words());
        Assert.Equal(new ImportCount(ImportFile.Sponsors, "sponsors.csv", 3, 1, 0), outcome.Files.Single(f => f.File == ImportFile.Sponsors));
    }

    [Fact]
    public async Task Import_TheSameFileTwice_IsRefused()
    {
        await using var market = await TestMarket.StartAsync();
        var outcome = await market.ImportAsync([.. Xinggu.Sources, Xinggu.Source("再来.csv", Xinggu.Text("areas.csv"))]);
        Assert.Equal([new ImportProblem("再来.csv", 0, null, ImportReason.FileTwice, "areas.csv")], outcome.Problems);
    }

    [Fact]
    public async Task Import_HugeThings_AreRefusedWithoutReadingThemWhole()
    {
        await using var market = await TestMarket.StartAsync();
        async Task<ImportReason> FirstAsync(string text) => (await market.ImportAsync([Xinggu.Source("members.csv", text)])).Problems[0].Reason;

        Assert.Equal(ImportReason.RowTooLong, await FirstAsync(Members + "N1,\"" + new string('长', 200_000) + "\",GridMember,V1,2026-09-30,\n"));
        Assert.Equal(ImportReason.TooLong, await FirstAsync(Members + "N1," + new string('长', 61) + ",GridMember,V1,2026-09-30,\n"));
        Assert.Equal(ImportReason.RowTooLong, await FirstAsync(new string('\0', 1_000_000)));
        Assert.Equal(ImportReason.TooManyRows, await FirstAsync(Members + new string('\n', ImportLimits.Rows)));
        Assert.Equal(
            new ImportProblem("members.csv", 0, null, ImportReason.FileTooLarge, null, "16"),
            (await market.ImportAsync([new ImportSource("members.csv", () => new Endless(Encoding.UTF8.GetBytes(Members)))])).Problems[0]);
    }

    [Fact]
    public async Task Import_TooManyBadRows_NamesAThousandAndCountsAll()
    {
        await using var market = await TestMarket.StartAsync();
        var outcome = await market.ImportAsync([Xinggu.Source("members.csv", Members + string.Concat(Enumerable.Range(0, 1500).Select(i => $"N{i},甲,GridMember,V1,never,\n")))]);
        Assert.Equal((ImportLimits.NamedProblems, 1500), (outcome.Problems.Count, outcome.ProblemCount));
        Assert.Equal(1500, outcome.Files[0].Bad);
    }

    [Fact]
    public async Task Import_FundsWithoutOrWithTwoStations_AsksWhichOne()
    {
        await using var market = await TestMarket.StartAsync();
        var funds = Xinggu.Source("funds.csv", Xinggu.Text("funds.csv"));
        Assert.Equal(ImportReason.StationUnclear, (await market.ImportAsync([funds])).Problems[0].Reason);
        Assert.Equal(ImportReason.StationUnclear, (await market.ImportAsync([Xinggu.Source("areas.csv", "code,name,kind,parent,households,residents\nS1,一,Station,,0,0\nS2,二,Station,,0,0\n"), funds])).Problems[0].Reason);
    }

    [Fact]
    public async Task Import_AReportOfAnotherStation_IsRefused()
    {
        await using var market = await TestMarket.StartAsync();
        await market.ImportAsync(Xinggu.Sources);
        var outcome = await market.ImportAsync(
        [
            Xinggu.Source("areas.csv", "code,name,kind,parent,households,residents\nS2,二,Station,,0,0\n"),
            Xinggu.Source("reports.csv", Reports + "Z1,G0001,patrol,2026-09-10T10:00+08:00,2026-09-10T11:00+08:00,S2,x,verified,\n"),
        ]);
        Assert.Equal([new ImportProblem("reports.csv", 2, "area", ImportReason.OtherStation, "S2")], outcome.Problems);
    }

    [Fact]
    public async Task Import_AFileThatCannotBeOpened_SaysSo()
    {
        await using var market = await TestMarket.StartAsync();
        var outcome = await market.ImportAsync([new ImportSource("areas.csv", () => throw new UnauthorizedAccessException())]);
        Assert.Equal([new ImportProblem("areas.csv", 0, null, ImportReason.Unreadable)], outcome.Problems);
    }

    /// <summary>A header, then bad rows for ever.</summary>
    private sealed class Endless(byte[] head) : Stream
    {
        private readonly byte[] line = Encoding.ASCII.GetBytes(new string('x', 30_000) + ",,,,,\n");
        private long at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => at; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (var i = 0; i < count; i++, at++) buffer[offset + i] = at < head.Length ? head[at] : line[(at - head.Length) % line.Length];
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
