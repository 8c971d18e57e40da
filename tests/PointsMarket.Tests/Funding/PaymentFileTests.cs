using System.Text;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;
using PointsMarket.Tests.Tasks;

namespace PointsMarket.Tests.Funding;

/// <summary>What proves a payment: taken for what it is, up to six, until it is paid, and nothing of it lost or left over.</summary>
public sealed class PaymentFileTests
{
    private static readonly SentFile Invoice = new("发票 <1>.exe", Encoding.Latin1.GetBytes(CleanFileTests.Pdf));

    private static SentFile Photo => new(@"C:\相册\收据.jpeg", Pictures.JpegFromPhone());

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Files_WithAPaymentAndLater_AreKeptCleanAndNumbered(DatabaseProvider provider)
    {
        var desk = await FundDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var input = desk.Input(5_000, "once") with { Files = [Invoice, Photo] };
        var id = Assert.Single(Assert.IsType<AskForPayment.Asked>(await market.Get<AskForPayment>().ExecuteAsync([input])).Ids);
        Assert.Equal(id, Assert.IsType<AskForPayment.Asked>(await market.Get<AskForPayment>().ExecuteAsync([input])).Ids[0]); // sent twice
        await desk.ApproveAsync(id, desk.Approver);
        Assert.IsType<PaymentOutcome.Done>(await AddAsync(desk, id, desk.Finance, new SentFile(null, "明细：大米 20 袋"u8.ToArray())));

        var files = await market.ReadAsync(db => db.PaymentFiles.AsNoTracking().OrderBy(f => f.Number).ToListAsync());
        Assert.Equal([(1, "发票 1.pdf", null, FileKind.Pdf), (2, "收据.jpg", PhotoKind.Jpeg, null), (3, "file-1.txt", (PhotoKind?)null, (FileKind?)FileKind.Text)], files.Select(f => (f.Number, f.Name, f.Photo, f.Kind)));
        await using (var photo = market.Get<PhotoFolder>().Open(files[1].FileName)!)
        {
            var bytes = new byte[photo.Length];
            await photo.ReadExactlyAsync(bytes);
            Assert.DoesNotContain(Pictures.Place, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal); // where the camera stood
        }
        Assert.Equal(3, Directory.GetFiles(market.Storage.PhotoPath, "*", SearchOption.AllDirectories).Length); // and none that nobody names

        // No seventh, also of two who add at once; none once it is paid; none by a stranger.
        var two = Enumerable.Repeat(new SentFile("x.txt", "x"u8.ToArray()), 2).ToArray();
        var both = await Task.WhenAll(((int[])[desk.Finance, desk.Approver]).Select(u => Task.Run(() => AddAsync(desk, id, u, two))));
        Assert.Single(both.OfType<PaymentOutcome.Done>());
        FundDesk.Refused(PaymentRefusal.BadFiles, both.OfType<PaymentOutcome.Refused>().Single());
        await desk.PayAsync(id, "B0002");
        FundDesk.Refused(PaymentRefusal.NotNow, await AddAsync(desk, id, desk.Finance, Photo));
        Assert.Equal(5, Directory.GetFiles(market.Storage.PhotoPath, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task Files_ThatAreWrong_AreRefusedAndNothingIsAsked()
    {
        var desk = await FundDesk.OpenAsync();
        await using var market = desk.Market;
        var input = desk.Input(5_000);
        var bad = Assert.IsType<AskForPayment.BadFile>(await market.Get<AskForPayment>().ExecuteAsync([input with { Files = [Photo, new("a.png", "MZ\0"u8.ToArray())] }]));
        Assert.Equal(new BadSentFile(2, null, FileFault.NotTaken), bad.File);
        Assert.Equal(PaymentRefusal.BadFiles, Assert.IsType<AskForPayment.Refused>(await market.Get<AskForPayment>().ExecuteAsync([input with { Files = [.. Enumerable.Repeat(Photo, 7)] }])).Why);
        Assert.Equal(PaymentRefusal.NotFound, Assert.IsType<AskForPayment.Refused>(await market.Get<AskForPayment>().ExecuteAsync([input with { Fund = "gossip", Files = [Photo] }])).Why);
        Assert.Equal(0, await market.ReadAsync(db => db.Payments.CountAsync()));
        var id = await desk.AskedAsync(5_000);
        Assert.Equal(PhotoFault.Broken, Assert.IsType<AddPaymentFiles.BadFile>(await AddAsync(desk, id, desk.Finance, new SentFile("a.jpg", Pictures.Jpeg.AsMemory(0, 30)))).File.Photo);
        FundDesk.Refused(PaymentRefusal.BadFiles, await AddAsync(desk, id, desk.Finance));
        FundDesk.Refused(PaymentRefusal.NotFound, await AddAsync(desk, id + 7, desk.Finance, Photo));
        FundDesk.Refused(PaymentRefusal.NotAllowed, await market.Get<AddPaymentFiles>().ExecuteAsync(new AddPaymentFiles.Input { PaymentId = id, Files = [Photo], By = FundDesk.By(desk.Village, "STA/V1/") }));
        Assert.Empty(Directory.Exists(market.Storage.PhotoPath) ? Directory.GetFiles(market.Storage.PhotoPath, "*", SearchOption.AllDirectories) : []);
    }

    private static Task<PaymentOutcome> AddAsync(FundDesk desk, int payment, int user, params SentFile[] files) =>
        desk.Market.Get<AddPaymentFiles>().ExecuteAsync(new AddPaymentFiles.Input { PaymentId = payment, Files = files, By = FundDesk.By(user) });
}
