using Microsoft.EntityFrameworkCore;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Awards;

/// <summary>Numbers without a gap, one certificate each, revocation by another person.</summary>
public sealed class CertificateTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Issue_ManyCyclesAtOnceAndTwice_NumbersHaveNoGapAndNobodyGetsTwo(DatabaseProvider provider)
    {
        var room = await AwardRoom.OpenAsync(provider);
        await using var market = room.Market;
        var cycles = new List<int>();
        for (var i = 0; i < 4; i++) cycles.Add(await room.DecidedAsync(30)); // more than one chunk each

        var outcomes = await Task.WhenAll(cycles.Concat(cycles).Select(c => Task.Run(() => room.IssueAsync(c))));

        Assert.All(outcomes, o => Assert.Equal(AwardOutcome.Done, o));
        var serials = await market.ReadAsync(db => db.Certificates.Where(c => c.Year == 2026).OrderBy(c => c.Serial).Select(c => c.Serial).ToListAsync());
        Assert.Equal(Enumerable.Range(1, 120), serials);
        Assert.Equal(120, await market.ReadAsync(db => db.Certificates.Select(c => c.NomineeId).Distinct().CountAsync()));
        Assert.Equal(120, await market.ReadAsync(db => db.Certificates.Select(c => c.Code).Distinct().CountAsync()));
        Assert.All(cycles, c => Assert.Equal(AwardState.Issued, room.StateAsync(c).GetAwaiter().GetResult()));
        Assert.All(cycles, c => Assert.Equal(1, market.ReadAsync(db => db.AwardEvents.CountAsync(e => e.CycleId == c && e.Change == AwardChange.Issued)).GetAwaiter().GetResult()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Issue_StoppedInTheMiddle_GoesOnByTheJobAndNobodyGetsTwo(DatabaseProvider provider)
    {
        var room = await AwardRoom.OpenAsync(provider);
        await using var market = room.Market;
        var cycle = await room.DecidedAsync(60);
        using var killed = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => room.IssueAsync(cycle, progress: new Immediately(done => { if (done > 0) killed.Cancel(); }), ct: killed.Token));
        Assert.Equal(AwardState.Issuing, await room.StateAsync(cycle));
        var half = await market.ReadAsync(db => db.Certificates.CountAsync());
        Assert.InRange(half, 1, 59);

        market.Clock.Set(new DateTimeOffset(2027, 1, 1, 0, 30, 0, TimeSpan.FromHours(8))); // and over the end of the year
        Assert.Equal(1, await market.Get<IssueCertificates>().FinishAllAsync());

        var numbers = await market.ReadAsync(db => db.Certificates.OrderBy(c => c.Id).Select(c => new { c.Year, c.Serial, c.IssuedBy }).ToListAsync());
        Assert.Equal(60, numbers.Count);
        Assert.Equal(Enumerable.Range(1, half), numbers.Where(n => n.Year == 2026).Select(n => n.Serial));
        Assert.Equal(Enumerable.Range(1, 60 - half), numbers.Where(n => n.Year == 2027).Select(n => n.Serial));
        Assert.All(numbers, n => Assert.Equal($"user:{room.Two}", n.IssuedBy));
        Assert.Equal(0, await market.Get<IssueCertificates>().FinishAllAsync());
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Revoke_ByTwoOthersAtOnce_IsRevokedOnceAndStaysOnRecord(DatabaseProvider provider)
    {
        var room = await AwardRoom.OpenAsync(provider);
        await using var market = room.Market;
        await room.IssueAsync(await room.DecidedAsync(1));
        var id = await market.ReadAsync(db => db.Certificates.Select(c => c.Id).SingleAsync());
        Task<RevokeCertificate.Outcome> By(int user, string? reason = "评选有误", string path = AwardRoom.Everywhere) =>
            Task.Run(() => market.Get<RevokeCertificate>().ExecuteAsync(new() { CertificateId = id, Reason = reason, UserId = user, AreaPath = path }));

        Assert.Equal(RevokeCertificate.Outcome.SamePerson, await By(room.Two)); // had it issued
        Assert.Equal(RevokeCertificate.Outcome.ReasonMissing, await By(room.One, " "));
        Assert.Equal(RevokeCertificate.Outcome.NotFound, await By(room.One, path: "STA/V2/"));
        var both = await Task.WhenAll(By(room.One), By(room.Three));

        Assert.Equal([RevokeCertificate.Outcome.Revoked, RevokeCertificate.Outcome.Already], both.Order());
        var kept = await market.ReadAsync(db => db.Certificates.AsNoTracking().SingleAsync());
        Assert.Equal(("评选有误", 1), (kept.RevokedFor, await market.ReadAsync(db => db.AwardEvents.CountAsync(e => e.Change == AwardChange.Revoked))));
        var code = kept.Code;
        Assert.Equal(new DateOnly(2026, 10, 1), (await market.ReadAsync(db => VerifiedCertificate.ReadAsync(db, code)))!.RevokedOn);
    }

    [Fact]
    public async Task Certificate_OfAnInformant_ShowsTheCodeAlsoWhenTheyBecomeOneLater()
    {
        var room = await AwardRoom.OpenAsync();
        await using var market = room.Market;
        var cycle = await room.BegunAsync(AwardKind.Commendation);
        foreach (var code in (string[])["I0001", "G0001"]) Assert.Equal(AwardOutcome.Done, await market.Get<NameRecipient>().ExecuteAsync(new() { Step = AwardRoom.By(room.One, cycle), MemberCode = code }));
        await market.Get<FixList>().ExecuteAsync(AwardRoom.By(room.One, cycle));
        await market.Get<ConfirmList>().ExecuteAsync(AwardRoom.By(room.Two, cycle));
        await room.IssueAsync(cycle);
        Assert.Equal(["I0001", "张桂兰"], await FacesAsync(market));
        Assert.Equal(["I0001", "张*兰"], await MasksAsync(market));

        await market.Writes.RunAsync(db => db.Members.Where(m => m.Code == "G0001").ExecuteUpdateAsync(s => s.SetProperty(m => m.Kind, MemberKind.Informant)));
        Assert.Equal(["I0001", "G0001"], await FacesAsync(market));
        Assert.Equal(["I0001", "G0001"], await MasksAsync(market));
    }

    [Theory, InlineData(null), InlineData(""), InlineData("00000000000000"), InlineData("AAAAAAAAAAAAAA"), InlineData("' OR 1=1 --"), InlineData("不是编号不是编号不是编号"), InlineData("A\0BCDEFGHJKMNP")]
    public async Task Verify_AnythingElse_FindsNothing(string? code)
    {
        var room = await AwardRoom.OpenAsync();
        await using var market = room.Market;
        Assert.Null(await market.ReadAsync(db => VerifiedCertificate.ReadAsync(db, code)));
    }

    [Fact]
    public void Code_ManyTimes_IsLongEnoughAndNeverAmbiguous()
    {
        var codes = Enumerable.Range(0, 1000).Select(_ => CertificateCodes.New()).ToList();
        Assert.Equal(1000, codes.Distinct().Count());
        Assert.All(codes, c => Assert.Matches("^[A-HJ-NP-Z2-9]{14}$", c));
        Assert.True(14 * Math.Log2(31) >= 64);
        Assert.Equal(codes[0], CertificateCodes.Read(CertificateCodes.Grouped(codes[0]).ToLowerInvariant()));
    }

    [Fact]
    public async Task Print_ManyTimes_IsOnRecordAndNoNewCertificate()
    {
        var room = await AwardRoom.OpenAsync();
        await using var market = room.Market;
        await room.IssueAsync(await room.DecidedAsync(2));
        var ids = await market.ReadAsync(db => db.Certificates.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync());
        await market.Get<RecordPrints>().ExecuteAsync(ids, Actor.User(room.One));
        await market.Get<RecordPrints>().ExecuteAsync([ids[0]], Actor.User(room.Two));
        Assert.Equal([2, 1], await market.ReadAsync(db => db.Certificates.OrderBy(c => c.Id).Select(c => c.Prints.Count).ToListAsync()));
        Assert.Equal(2, await market.ReadAsync(db => db.Certificates.CountAsync()));
    }

    private static Task<List<string>> FacesAsync(TestMarket market) => market.ReadAsync(async db => (await db.Certificates.OrderBy(c => c.Serial).Select(CertificateFace.Of).ToListAsync()).ConvertAll(c => c.Recipient));

    private static async Task<List<string>> MasksAsync(TestMarket market)
    {
        var names = new List<string>();
        foreach (var code in await market.ReadAsync(db => db.Certificates.OrderBy(c => c.Serial).Select(c => c.Code).ToListAsync())) names.Add((await market.ReadAsync(db => VerifiedCertificate.ReadAsync(db, code)))!.Name);
        return names;
    }

    private sealed class Immediately(Action<int> tell) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value) => tell(value.Done);
    }
}
