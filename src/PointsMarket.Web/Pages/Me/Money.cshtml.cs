using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Me;

namespace PointsMarket.Web.Pages.Me;

/// <summary>The money that funds owe, paid or took back from the member: what is on the way first.</summary>
public sealed class MoneyModel(CurrentUser user, MarketDb db) : MePage(user, db)
{
    private const int MostShown = 40;

    /// <summary>A part of a payment that is the member's.</summary>
    /// <param name="Words">What for, where that is public anyway: a case's title, an award's. What a desk wrote for its approvers stays there.</param>
    public sealed record Row(FundPurpose Purpose, string? Words, long AmountFen, PaymentState State, DateTime AskedAt, DateTime? EndedAt, bool IsBack, bool ClaimBack)
    {
        public bool OnTheWay => State is PaymentState.Asked or PaymentState.Approved;
    }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public long OnTheWayFen { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var mine = Db.Payments.SelectMany(p => p.Lines, (p, l) => new { p, l }).Where(x => x.l.MemberId == Mine.MemberId);
        OnTheWayFen = await OnTheWayAsync(Db, Mine.MemberId, ct);
        Rows = await mine.Where(x => x.p.State != PaymentState.Refused && x.p.State != PaymentState.Withdrawn)
            .OrderBy(x => x.p.State == PaymentState.Asked || x.p.State == PaymentState.Approved ? 0 : 1).ThenByDescending(x => x.p.Id).Take(MostShown)
            .Select(x => new Row(x.p.Purpose, x.p.Href != null && (x.p.Href.StartsWith("/desk/cases/") || x.p.Href.StartsWith("/desk/awards/")) ? x.p.Words : null, x.l.AmountFen, x.p.State, x.p.AskedAt, x.p.EndedAt,
                x.l.ReversalId != null, x.l.ClaimBack != null)).ToListAsync(ct);
    }

    /// <summary>What is asked for and not paid yet, fen.</summary>
    public static Task<long> OnTheWayAsync(MarketDb db, int member, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Payments.Where(p => p.State == PaymentState.Asked || p.State == PaymentState.Approved).SelectMany(p => p.Lines).Where(l => l.MemberId == member).SumAsync(l => l.AmountFen, ct);
    }
}
