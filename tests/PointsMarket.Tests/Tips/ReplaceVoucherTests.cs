using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;
using PointsMarket.Tips;

namespace PointsMarket.Tests.Tips;

/// <summary>A lost voucher dies and what is left moves on; photos of a tip lie sealed.</summary>
public sealed class ReplaceVoucherTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Voucher_Replaced_DiesAndWhatIsLeftMovesOnce(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var old = await TipDesk.VoucherAsync(market, 100);
        var (tip, id, account) = await market.ReadAsync(async db => (await db.Tips.Select(t => t.Id).SingleAsync(), await db.Vouchers.Select(v => v.Id).SingleAsync(), await db.Vouchers.Select(v => v.Account).SingleAsync()));
        var visit = await StepUpAsync(market, station.Kiosk, old);
        await station.ChooseAsync(visit, "RICE5");
        var slip = Assert.IsType<RedeemAtKiosk.Redeemed>(await station.ConfirmAsync(visit)); // 30 set aside

        var both = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => market.Get<ReplaceVoucher>().ExecuteAsync(tip, id))));
        Assert.Equal([ReplaceVoucher.Outcome.Replaced, ReplaceVoucher.Outcome.Before, ReplaceVoucher.Outcome.Before], both.Order());
        var content = await TipDesk.ReadAsync(market, tip, tipper: true);
        Assert.NotEqual(old, content.Voucher);
        Assert.Equal(70, content.VoucherLeft);
        Assert.Equal(0, await station.BalanceAsync(account, Asset.Points));
        Assert.IsType<PresentVoucher.Unknown>(await market.Get<PresentVoucher>().ExecuteAsync(station.Kiosk.Id, old));
        Assert.IsType<RedeemAtKiosk.NoSession>(await market.Get<RedeemAtKiosk>().ExecuteAsync(new() { SessionId = visit.Id, BasketKey = Guid.NewGuid(), ExpectedPoints = 30 })); // whoever stood there with it
        Assert.Equal((2, 1), await market.ReadAsync(async db => (await db.Vouchers.CountAsync(), await db.Vouchers.CountAsync(v => v.Replaced != null))));

        Assert.Equal(EndRedemption.Outcome.Done, await market.Get<EndRedemption>().ExecuteAsync(new() { RedemptionId = slip.RedemptionId, To = RedemptionState.Cancelled, Actor = Actor.User(1), AreaPath = "STA/", Reason = "测试" }));
        Assert.Equal(100, (await TipDesk.ReadAsync(market, tip, tipper: true)).VoucherLeft); // it flows back to the one that holds
        Assert.NotNull(await StepUpAsync(market, station.Kiosk, content.Voucher!));
        Assert.Equal([TransactionKinds.VoucherReplaced], await market.ReadAsync(db => db.LedgerTransactions.Where(t => t.Kind == TransactionKinds.VoucherReplaced).Select(t => t.Kind).ToListAsync()));
        Assert.All(await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db)), r => Assert.Empty(r.Findings));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Voucher_ReplacedWhileItIsSpent_IsSpentOrMovedButNotBoth(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var number = await TipDesk.VoucherAsync(market, 50);
        var (tip, id) = await market.ReadAsync(async db => (await db.Tips.Select(t => t.Id).SingleAsync(), await db.Vouchers.Select(v => v.Id).SingleAsync()));
        var visit = await StepUpAsync(market, station.Kiosk, number);
        await station.ChooseAsync(visit, "RICE5");
        var spending = Task.Run(() => market.Get<RedeemAtKiosk>().ExecuteAsync(new() { SessionId = visit.Id, BasketKey = visit.BasketKey, ExpectedPoints = 30 }));
        Assert.Equal(ReplaceVoucher.Outcome.Replaced, await Task.Run(() => market.Get<ReplaceVoucher>().ExecuteAsync(tip, id)));
        var spent = await spending is RedeemAtKiosk.Redeemed;
        Assert.Equal(spent ? 20 : 50, (await TipDesk.ReadAsync(market, tip, tipper: true)).VoucherLeft);
        Assert.All(await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db)), r => Assert.Empty(r.Findings));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Photos_OfATip_LieSealedAndOpenForWhoOpenedIt(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await TestStation.BuildAsync(market);
        SendTip.Input Input(params byte[][] photos) => new()
        {
            FormKey = Guid.NewGuid().ToString("N"), Kind = TipKind.Theft, AreaId = null, Place = null, Text = "半夜撬门", Pin = null, Photos = [.. photos.Select(p => new ReadOnlyMemory<byte>(p))],
        };
        Assert.Equal(new SendTip.BadPhoto(2, PhotoFault.NotAPhoto), await market.Get<SendTip>().ExecuteAsync(Input(Pictures.Png, [.. "%PDF-1.7"u8])));
        Assert.Equal(0, Assert.IsType<SendTip.BadPhoto>(await market.Get<SendTip>().ExecuteAsync(Input(Pictures.Png, Pictures.Png, Pictures.Png, Pictures.Png))).Number);
        Assert.Empty(await market.ReadAsync(db => db.Tips.ToListAsync()));
        Assert.IsType<SendTip.Sent>(await market.Get<SendTip>().ExecuteAsync(Input(Pictures.JpegFromPhone(), Pictures.Png)));

        var stored = await market.ReadAsync(db => db.TipPhotos.OrderBy(p => p.Number).ToListAsync());
        Assert.Equal([PhotoKind.Jpeg, PhotoKind.Png], stored.Select(p => p.Kind));
        Assert.All(stored, p => Assert.True(p.Content.AsSpan().IndexOf(Pictures.Png.AsSpan(0, 8)) < 0 && p.Content.AsSpan().IndexOf(Pictures.Jpeg.AsSpan(40, 24)) < 0));
        Assert.False(Directory.Exists(market.Storage.PhotoPath) && Directory.EnumerateFiles(market.Storage.PhotoPath, "*", SearchOption.AllDirectories).Any());
        var at = await TipDesk.AtAsync(market);
        Assert.Null(await market.ReadAsync(db => market.Get<ReadTipPhoto>().ExecuteAsync(db, at, 1))); // not opened today
        Assert.NotNull(await market.Get<OpenTip>().ExecuteAsync(at));
        var (content, kind) = (await market.ReadAsync(db => market.Get<ReadTipPhoto>().ExecuteAsync(db, at, 1)))!.Value;
        Assert.Equal(PhotoKind.Jpeg, kind);
        Assert.Equal(CleanPhoto.From(Pictures.JpegFromPhone()).Photo!.Content.ToArray(), content); // cleaned, then sealed
        Assert.Null(await market.ReadAsync(db => market.Get<ReadTipPhoto>().ExecuteAsync(db, at with { AreaPath = "STA/V2/" }, 1)));
        Assert.Null(await market.ReadAsync(db => market.Get<ReadTipPhoto>().ExecuteAsync(db, at, 3)));
    }

    private static async Task<KioskSessions.Live> StepUpAsync(TestMarket market, KioskDevice kiosk, string number)
    {
        var welcome = Assert.IsType<PresentVoucher.Welcome>(await market.Get<PresentVoucher>().ExecuteAsync(kiosk.Id, number));
        return (await market.Get<KioskSessions>().TouchAsync(kiosk.Id, welcome.Token))!;
    }
}
