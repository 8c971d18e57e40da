using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Web.Funding;

/// <summary>What the pages of funds and payments read, within the station of who asks.</summary>
public sealed class FundReads(MarketDb db, CurrentUser user, TimeProvider clock)
{
    /// <summary>A payment of a list.</summary>
    public sealed record Row(int Id, string FundZh, string FundEn, FundPurpose Purpose, long AmountFen, string? Payee, int Members, string Words, PaymentState State, DateTime AskedAt, string AskedBy,
        int Given, int Needed, DateTime? EndedAt, string? Reference, string? Reason, long ReturnedFen, bool BackWaits, bool ClaimBack)
    {
        public string Number => Payment.NumberOf(Id);
    }

    /// <summary>A line of a payment as it may be shown: an informant by code.</summary>
    public sealed record Line(int Position, string? Code, string? Name, long AmountFen, int? ReversalId, string? ClaimBack);

    public DateOnly Today => StationTime.Day(clock.GetUtcNow().UtcDateTime);

    public PaymentActor By => new() { UserId = user.Id, AreaPath = user.AreaPath };

    public bool IsApprover => PaymentLadder.Approvers.Any(user.Is);

    public bool IsFinance => user.Is(Roles.Finance);

    /// <summary>True when the pages of funds are open to them too.</summary>
    public bool MayReadFunds => Access.RolesFor(Access.Finance).Any(user.Is);

    /// <summary>The book of the station whose whole area is theirs; null for anybody else, who sees nothing.</summary>
    public Task<int?> BookAsync(CancellationToken ct) => StationMonth.BookAsync(db, user.AreaPath, ct);

    /// <summary>The funds of their station, and where each stands today.</summary>
    public async Task<IReadOnlyList<FundState>> FundsAsync(CancellationToken ct) => await BookAsync(ct) is { } book ? await FundState.ReadAsync(db, book, Today, ct) : [];

    /// <summary>One fund of their station.</summary>
    public async Task<FundState?> FundAsync(string code, CancellationToken ct) => (await FundsAsync(ct)).FirstOrDefault(f => f.Fund.Code == code);

    /// <summary>The payments of their station.</summary>
    public IQueryable<Payment> Payments()
    {
        var path = user.AreaPath;
        return db.Payments.AsNoTracking().Where(p => db.Areas.Any(a => a.Kind == AreaKind.Station && a.Path == path && a.BookId == p.BookId));
    }

    /// <summary>Those that wait for this person: for their word, or, for finance, to be paid.</summary>
    public IQueryable<Payment> Mine(IQueryable<Payment> payments)
    {
        var (me, member, approver, finance) = (user.Actor.Code, user.MemberId, IsApprover, IsFinance);
        return payments.Where(p =>
            (finance && p.State == PaymentState.Approved)
            || (finance && p.State == PaymentState.Paid && p.Lines.Any(l => l.ClaimBack != null) && !p.Reversals.Any(r => r.State == ReversalState.Asked))
            || (approver && (member == null || !p.Lines.Any(l => l.MemberId == member)) && p.Reversals.Any(r => r.State == ReversalState.Asked && r.AskedBy != me && !r.Approvals.Any(a => a.By == me)))
            || (p.State == PaymentState.Asked && p.AskedBy != me && !p.Approvals.Any(a => a.By == me) && (member == null || !p.Lines.Any(l => l.MemberId == member))
                && ((approver && p.Approvals.Count(a => !a.ForFinance) < p.ApproversNeeded) || (finance && p.FinanceNeeded && !p.Approvals.Any(a => a.ForFinance)))));
    }

    public IQueryable<Row> Read(IQueryable<Payment> payments) => payments.Select(p => new Row(
        p.Id, p.Fund.NameZh, p.Fund.NameEn, p.Purpose, p.AmountFen, p.Payee, p.Lines.Count(l => l.MemberId != null), p.Words, p.State, p.AskedAt, p.AskedBy,
        p.Approvals.Count, p.ApproversNeeded + (p.FinanceNeeded ? 1 : 0), p.EndedAt, db.FundMovements.Where(m => m.PaymentId == p.Id).Select(m => m.Reference).FirstOrDefault(), p.Reason,
        db.FundMovements.Where(m => m.PaymentId == p.Id).Select(m => m.ReturnedFen).FirstOrDefault(), p.Reversals.Any(r => r.State == ReversalState.Asked), p.Lines.Any(l => l.ClaimBack != null)));

    /// <summary>Who a payment goes to; an auditor and an approver see names as the desk does, an informant's never.</summary>
    public async Task<IReadOnlyList<Line>> LinesAsync(int paymentId, CancellationToken ct)
    {
        var lines = await db.Set<PaymentLine>().Where(l => l.PaymentId == paymentId).OrderBy(l => l.Position)
            .Select(l => new { l.Position, l.ReversalId, l.ClaimBack, Code = l.Member == null ? null : l.Member.Code, Name = l.Member == null ? null : l.Member.Name, Kind = l.Member == null ? MemberKind.Volunteer : l.Member.Kind, l.AmountFen }).ToListAsync(ct);
        return [.. lines.Select(l => new Line(l.Position, l.Code, l.Code is null ? null : MemberNames.Shown(l.Kind, l.Code, l.Name!), l.AmountFen, l.ReversalId, l.ClaimBack))];
    }
}
