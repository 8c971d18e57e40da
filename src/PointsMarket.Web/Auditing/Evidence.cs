using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Reconciliations;
using PointsMarket.Tasks;
using PointsMarket.Web.Reconciling;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Auditing;

/// <summary>One fact that stands behind a transaction.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Text">In words.</param>
/// <param name="Href">Where it can be looked at, for an auditor; null for words alone.</param>
public sealed record EvidenceFact(string Label, string Text, string? Href = null);

/// <summary>
/// What stands behind transactions: the report with who verified it, the case with its shares, the slip, the delivery, the movement
/// and its bank line. Members as everywhere at the desk, informants by code name; a tip's reward shows nothing, because nothing is kept.
/// </summary>
public sealed class Evidence(MarketDb db, Actors actors, CategoryWords categories, IStringLocalizer<Texts> t)
{
    private readonly Dictionary<long, List<EvidenceFact>> facts = [];

    /// <summary>The facts of each transaction; an empty list where there is nothing but the ledger itself.</summary>
    public async Task<IReadOnlyDictionary<long, List<EvidenceFact>>> OfAsync(int book, IReadOnlyList<LedgerTransaction> transactions, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        foreach (var x in transactions) facts[x.Sequence] = [];
        await ReportsAsync(Of(transactions, TransactionKinds.TaskReward), ct);
        await CasesAsync(Of(transactions, TransactionKinds.CaseReward), ct);
        await SlipsAsync(transactions.Where(x => x.Kind.StartsWith("redemption", StringComparison.Ordinal)).ToLookup(x => x.Subject, x => x.Sequence), ct);
        await DeliveriesAsync(Of(transactions, TransactionKinds.Delivery), ct);
        await MoneyAsync(book, transactions.Where(x => x.Kind.StartsWith("fund", StringComparison.Ordinal)).ToLookup(x => x.Subject, x => x.Sequence), ct);
        await PaymentsAsync(book, transactions, ct);
        await BonusesAsync([.. transactions.Where(x => x.Kind == TransactionKinds.AssessmentBonus).Select(x => x.Sequence)], ct);
        await CountsAsync([.. transactions.Select(x => x.Sequence)], ct);
        foreach (var x in transactions.Where(x => x.RelatedSequence is not null)) Add(x.Sequence, "Related", $"#{x.RelatedSequence} ({t[$"Finance.Relation.{x.Relation}"].Value})");
        return facts;
    }

    private static ILookup<string, long> Of(IReadOnlyList<LedgerTransaction> transactions, string kind) => transactions.Where(x => x.Kind == kind).ToLookup(x => x.Subject, x => x.Sequence);

    private void Add(long sequence, string label, string? text, string? href = null)
    {
        if (!string.IsNullOrEmpty(text)) facts[sequence].Add(new EvidenceFact(t[$"Audit.Fact.{label}"], text, href));
    }

    private async Task ReportsAsync(ILookup<string, long> asked, CancellationToken ct)
    {
        var references = asked.Select(g => g.Key).ToList();
        var rows = await db.TaskReports.Where(r => references.Contains(r.Reference)).Select(r => new
        {
            r.Reference, r.Member.Kind, r.Member.Code, r.Member.Name, r.Category, r.HappenedAt, Area = r.Area.Name, r.Text, Photos = r.Photos.Count, r.Outcome,
            By = r.Events.Where(e => e.Change == ReportChange.Verified).OrderByDescending(e => e.At).Select(e => e.Actor).FirstOrDefault(),
        }).ToListAsync(ct);
        var names = await actors.NamesAsync(rows.Select(r => r.By), ct);
        foreach (var r in rows)
        {
            foreach (var sequence in asked[r.Reference])
            {
                Add(sequence, "Member", $"{MemberNames.Shown(r.Kind, r.Code, r.Name)} {r.Code}");
                Add(sequence, "Report", $"{categories.Name(r.Category)} · {r.Area} · {Ui.FullMoment(r.HappenedAt)} · {t[TaskWords.State(r.Outcome)].Value}");
                Add(sequence, "Said", r.Text);
                Add(sequence, "Photos", r.Photos > 0 ? Ui.Points(r.Photos) : null);
                Add(sequence, "VerifiedBy", r.By is { } by ? names[by] : null);
            }
        }
    }

    private async Task CasesAsync(ILookup<string, long> asked, CancellationToken ct)
    {
        var numbers = asked.Select(g => g.Key).ToList();
        var rows = await db.Cases.Where(c => numbers.Contains(c.Number)).Select(c => new
        {
            c.Number, c.Title, c.Reward, c.ClosedAt, Shares = c.Claimants.OrderBy(s => s.Position).Select(s => new { s.Member.Kind, s.Member.Code, s.Member.Name, s.Share }).ToList(),
        }).ToListAsync(ct);
        foreach (var c in rows)
        {
            foreach (var sequence in asked[c.Number])
            {
                Add(sequence, "Case", $"{c.Number} {c.Title}");
                Add(sequence, "Reward", Ui.Points(c.Reward));
                Add(sequence, "Shares", string.Join(t["Kiosk.Slip.And"], c.Shares.Select(s => $"{MemberNames.Shown(s.Kind, s.Code, s.Name)} {s.Share}%")));
                Add(sequence, "Closed", c.ClosedAt is { } at ? Ui.FullMoment(at) : null);
            }
        }
    }

    private async Task SlipsAsync(ILookup<string, long> asked, CancellationToken ct)
    {
        var references = asked.Select(g => g.Key).ToList();
        var rows = await db.Redemptions.Where(r => references.Contains(r.Reference)).Select(r => new
        {
            r.Reference, Outlet = r.Outlet.Name, r.State, r.HappenedAt, r.EndedAt, r.Points,
            Who = r.Member == null ? null : new { r.Member.Kind, r.Member.Code, r.Member.Name }, Lines = r.Lines.Select(l => new { l.Goods.NameZh, l.Goods.NameEn, l.Quantity }).ToList(),
        }).ToListAsync(ct);
        foreach (var r in rows)
        {
            foreach (var sequence in asked[r.Reference])
            {
                Add(sequence, "Member", r.Who is { } who ? $"{MemberNames.Shown(who.Kind, who.Code, who.Name)} {who.Code}" : t["Audit.Fact.Voucher"]);
                Add(sequence, "Slip", $"{r.Outlet} · {Ui.FullMoment(r.HappenedAt)}{(r.EndedAt is { } end ? $" → {Ui.FullMoment(end)}" : "")} · {Ui.Points(r.Points)}");
                Add(sequence, "Goods", string.Join(t["Kiosk.Slip.And"], r.Lines.Select(l => $"{GoodsText.Name(l.NameZh, l.NameEn)} × {l.Quantity}")));
            }
        }
    }

    private async Task DeliveriesAsync(ILookup<string, long> asked, CancellationToken ct)
    {
        var references = asked.Select(g => g.Key).ToList();
        var rows = await db.Deliveries.Where(d => references.Contains(d.Reference))
            .Select(d => new { d.Reference, d.Date, Sponsor = d.Sponsor == null ? null : d.Sponsor.Name, Outlet = d.Outlet.Name, Lines = d.Lines.OrderBy(l => l.Position).Select(l => new { l.Goods.NameZh, l.Goods.NameEn, l.Accepted }).ToList() }).ToListAsync(ct);
        foreach (var d in rows)
        {
            foreach (var sequence in asked[d.Reference])
            {
                Add(sequence, "Sponsor", d.Sponsor ?? t["Desk.CountIn.Bought"]);
                Add(sequence, "Delivery", $"{string.Join(t["Kiosk.Slip.And"], d.Lines.Select(l => $"{GoodsText.Name(l.NameZh, l.NameEn)} × {l.Accepted}"))} → {d.Outlet} · {Ui.Date(d.Date)}");
            }
        }
    }

    private async Task MoneyAsync(int book, ILookup<string, long> asked, CancellationToken ct)
    {
        var (references, numbers) = (asked.Select(g => g.Key).ToList(), asked.SelectMany(g => g).Select(s => (long?)s).ToList());
        var rows = await db.FundMovements.Where(m => m.BookId == book && references.Contains(m.Reference)).Select(m => new { m.Reference, m.Fund, m.AmountFen, m.Note, m.Date }).ToListAsync(ct);
        foreach (var m in rows)
        {
            foreach (var sequence in asked[m.Reference]) Add(sequence, "Movement", $"{m.Fund} · {Ui.Date(m.Date)} · {Ui.Yuan(m.AmountFen)} {m.Note}".Trim());
        }
        var newest = db.Reconciliations.Where(r => r.BookId == book).GroupBy(r => r.Month).Select(g => g.Max(r => r.Id));
        var lines = await db.ReconciledLines.Where(l => newest.Contains(l.ReconciliationId) && numbers.Contains(l.Sequence)).Select(l => new { l.Sequence, l.Date, l.AmountFen, l.Description, l.Pairing }).ToListAsync(ct);
        foreach (var l in lines) Add(l.Sequence!.Value, "BankLine", $"{Ui.Date(l.Date)} · {Ui.Yuan(l.AmountFen)} {l.Description} · {t[$"Recon.Pairing.{l.Pairing}"].Value}");
    }

    /// <summary>The payment behind a paying or a part of it that came back: what for, who gave their word, and the files that prove it.</summary>
    private async Task PaymentsAsync(int book, IReadOnlyList<LedgerTransaction> transactions, CancellationToken ct)
    {
        var asked = transactions.Where(x => x.Kind is TransactionKinds.Award or TransactionKinds.Purchase or TransactionKinds.FundReturn).ToLookup(x => x.Subject, x => x.Sequence);
        if (asked.Count == 0) return;
        var references = asked.Select(g => g.Key).ToList();
        var rows = await (
            from m in db.FundMovements
            join p in db.Payments on m.PaymentId equals p.Id
            where m.BookId == book && references.Contains(m.Reference)
            select new { m.Reference, p.Id, p.Words, p.AskedBy, By = p.Approvals.OrderBy(a => a.At).Select(a => a.By).ToList(), Files = p.Files.OrderBy(f => f.Number).Select(f => new { f.Number, f.Name }).ToList() }).ToListAsync(ct);
        var names = await actors.NamesAsync(rows.SelectMany(r => r.By.Prepend(r.AskedBy)), ct);
        foreach (var r in rows)
        {
            foreach (var sequence in asked[r.Reference])
            {
                Add(sequence, "Payment", $"{PointsMarket.Funding.Payment.NumberOf(r.Id)} {r.Words}", $"/finance/payments/{r.Id}");
                Add(sequence, "ApprovedBy", string.Join(t["Kiosk.Slip.And"], r.By.Select(b => names[b])));
                foreach (var f in r.Files) Add(sequence, "File", f.Name, $"/finance/payments/{r.Id}/file/{f.Number}");
            }
        }
    }

    private async Task BonusesAsync(List<long> numbers, CancellationToken ct)
    {
        if (numbers.Count == 0) return;
        var asked = numbers.Select(n => (long?)n).ToList();
        var rows = await db.AssessmentLines.Where(l => asked.Contains(l.BonusSequence)).Select(l => new { l.BonusSequence, l.Assessment.Month, l.Member.Kind, l.Member.Code, l.Member.Name, l.Score, l.Bonus }).ToListAsync(ct);
        foreach (var l in rows)
        {
            Add(l.BonusSequence!.Value, "Member", $"{MemberNames.Shown(l.Kind, l.Code, l.Name)} {l.Code}");
            Add(l.BonusSequence.Value, "Assessment", $"{PointsMarket.Areas.StationMonth.Text(l.Month)} · {(l.Score is { } score ? (score / 100m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) : "–")} · +{l.Bonus}");
        }
    }

    /// <summary>Entries that put a reconciliation right.</summary>
    private async Task CountsAsync(List<long> numbers, CancellationToken ct)
    {
        var asked = numbers.Select(n => (long?)n).ToList();
        var rows = await db.FollowUps.AsNoTracking().Where(f => asked.Contains(f.SettledSequence) && f.State == FollowUpState.Settled).ToListAsync(ct);
        foreach (var f in rows.DistinctBy(f => f.SettledSequence)) Add(f.SettledSequence!.Value, "Settles", $"{new DiscrepancyText(t).Line(FollowUpText.Of(f))} · {f.Words}");
    }
}
