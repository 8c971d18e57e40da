using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Funding;

/// <summary>
/// A station with a fund of 10,000 yuan for everything and one for awards only, and people: two approvers, an administrator, two of
/// finance, an approver of one village. The clock stands at noon of 1 October 2026.
/// </summary>
public sealed class FundDesk
{
    public const string Code = "care-fund", Awards = "award-fund";

    public static readonly DateOnly Today = new(2026, 10, 1);

    private FundDesk(TestMarket market) => Market = market;

    public TestMarket Market { get; }

    public TestStation Station { get; private set; } = null!;

    public int Approver { get; private set; }

    public int Other { get; private set; }

    public int Admin { get; private set; }

    public int Finance { get; private set; }

    public int Cashier { get; private set; }

    public int Village { get; private set; }

    public static async Task<FundDesk> OpenAsync(DatabaseProvider provider = DatabaseProvider.Sqlite, long grantFen = 1_000_000)
    {
        var desk = new FundDesk(await TestMarket.StartAsync(provider));
        desk.Station = await TestStation.BuildAsync(desk.Market);
        desk.Approver = await desk.Market.AddAccountAsync(Roles.Approver);
        desk.Other = await desk.Market.AddAccountAsync(Roles.Approver);
        desk.Admin = await desk.Market.AddAccountAsync(Roles.Administrator);
        desk.Finance = await desk.Market.AddAccountAsync(Roles.Finance);
        desk.Cashier = await desk.Market.AddAccountAsync(Roles.Finance);
        desk.Village = await desk.Market.AddAccountAsync(Roles.Approver, "STA/V1/");
        Assert.Equal(SaveFund.Outcome.Saved, await desk.SaveAsync(Code, FundPurposes.Any));
        Assert.Equal(SaveFund.Outcome.Saved, await desk.SaveAsync(Awards, FundPurpose.Awards));
        if (grantFen > 0) Assert.IsType<PaymentOutcome.Done>(await desk.GrantAsync("B0001", grantFen));
        return desk;
    }

    public static PaymentActor By(int user, string area = "STA/") => new() { UserId = user, AreaPath = area };

    public static void Refused(PaymentRefusal why, PaymentOutcome outcome) => Assert.Equal(why, Assert.IsType<PaymentOutcome.Refused>(outcome).Why);

    public Task<SaveFund.Outcome> SaveAsync(string code, FundPurpose purposes, int? id = null, bool active = true) =>
        Market.Get<SaveFund>().ExecuteAsync(new SaveFund.Input { Id = id, Code = code, NameZh = "关爱基金", NameEn = "Care fund", Purposes = purposes, Active = active, By = By(Admin) });

    public Task<PaymentOutcome> GrantAsync(string reference, long fen, string fund = Code, DateOnly? day = null, int? user = null) =>
        Market.Get<EnterGrant>().ExecuteAsync(new EnterGrant.Input { Fund = fund, Reference = reference, Day = day ?? Today, AmountFen = fen, By = By(user ?? Finance) });

    public AskForPayment.Input Input(long fen, string? key = null, string? member = null, FundPurpose purpose = FundPurpose.Goods, int? user = null, string fund = Code) => new()
    {
        BookId = Station.BookId, Fund = fund, Purpose = purpose, Payee = member is null ? "好又多超市" : null, Words = "买大米", Key = key ?? Guid.NewGuid().ToString("N"),
        Lines = [new AskForPayment.Line(member, fen)], Actor = Actor.User(user ?? Admin),
    };

    public async Task<int> AskedAsync(long fen, string? key = null, string? member = null, FundPurpose purpose = FundPurpose.Goods, int? user = null) =>
        Assert.Single(Assert.IsType<AskForPayment.Asked>(await Market.Get<AskForPayment>().ExecuteAsync([Input(fen, key, member, purpose, user)])).Ids);

    public Task<PaymentOutcome> ApproveAsync(int payment, int user, string area = "STA/") => Market.Get<ApprovePayment>().ExecuteAsync(payment, By(user, area));

    public async Task<int> ApprovedAsync(long fen, string? member = null, FundPurpose purpose = FundPurpose.Goods)
    {
        var id = await AskedAsync(fen, member: member, purpose: purpose);
        foreach (var user in fen <= 50_000 ? new[] { Approver } : [Approver, Other]) Assert.IsType<PaymentOutcome.Done>(await ApproveAsync(id, user));
        return id;
    }

    public Task<PaymentOutcome> PayAsync(int payment, string reference, int? user = null, DateOnly? day = null) =>
        Market.Get<PayPayment>().ExecuteAsync(new PayPayment.Input { PaymentId = payment, Reference = reference, Day = day ?? Today, By = By(user ?? Finance) });

    public Task<PaymentOutcome> AskBackAsync(int payment, int? position = null, int? user = null, string? reason = "退票") =>
        Market.Get<AskForReversal>().ExecuteAsync(new AskForReversal.Input { PaymentId = payment, Position = position, Reason = reason, By = By(user ?? Finance) });

    public Task<PaymentOutcome> ApproveBackAsync(int payment, int user, string area = "STA/") => Market.Get<ApproveReversal>().ExecuteAsync(payment, By(user, area));

    public Task<long> BalanceAsync(AccountCode account) => Market.ReadAsync(db => db.BalanceAsync(Station.BookId, account, Asset.Money));

    public Task<long> CashAsync() => BalanceAsync(AccountCode.Cash(Code));

    public Task<PaymentState> StateAsync(int payment) => Market.ReadAsync(db => db.Payments.Where(p => p.Id == payment).Select(p => p.State).SingleAsync());

    /// <summary>The book proves itself.</summary>
    public async Task CleanAsync() => Assert.All(await Market.ReadAsync(db => Market.Get<LedgerVerifier>().VerifyAsync(db)), r => Assert.True(r.IsClean, string.Join((char)10, r.Findings)));
}
