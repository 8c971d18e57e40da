using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Funding;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Funding;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Payments;

/// <summary>Payments out of funds: whose turn it is, what waits, what is to be paid, and what became of the rest.</summary>
public sealed class IndexModel(FundReads reads, CurrentUser user, Actors actors, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>What a tab shows.</summary>
    public enum Showing
    {
        Mine,
        Asked,
        Approved,
        Paid,
        Back,
        Ended,
        All,
    }

    [BindProperty(SupportsGet = true)]
    public Showing Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Fund { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<(Showing Show, int Count)> Tabs { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Funds { get; private set; } = [];

    public IReadOnlyList<FundReads.Row> Rows { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public int Total { get; private set; }

    public bool MayAsk => Access.RolesFor(Access.PaymentsAsk).Any(user.Is);

    public bool Filtered => List.Q.Length > 0 || !string.IsNullOrEmpty(Fund);

    public async Task OnGetAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request, "-asked", "amount");
        var all = Found();
        Funds = [.. (await reads.FundsAsync(ct)).Select(f => new SelectListItem(FundWords.Name(f.Fund), f.Fund.Code))];
        var tabs = new List<(Showing, int)>();
        foreach (var show in Enum.GetValues<Showing>()) tabs.Add((show, await Of(all, show).CountAsync(ct)));
        Tabs = tabs;
        var found = Of(all, Show);
        Total = await found.CountAsync(ct);
        Rows = await reads.Read(Sorted(found).Skip(List.Skip).Take(List.Size)).ToListAsync(ct);
        Names = await actors.NamesAsync(Rows.Select(r => r.AskedBy), ct);
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request, "-asked", "amount");
        var found = Of(Found(), Show);
        var names = await actors.NamesAsync(await found.Select(p => p.AskedBy).Distinct().ToListAsync(ct), ct);
        return new Csv<FundReads.Row>("payments.csv", reads.Read(Sorted(found)).AsAsyncEnumerable(),
            (texts["Rules.List.Number"], r => r.Number), (texts["Funds.List.Fund"], r => FundWords.Name(r.FundZh, r.FundEn)), (texts["Funds.Move.Purpose"], r => FundWords.Purpose(r.Purpose, texts)),
            (texts["Funds.Move.Amount"], r => FundWords.Typed(r.AmountFen)), (texts["Payments.List.To"], r => r.Payee), (texts["Payments.List.Members"], r => r.Members), (texts["Payments.Ask.Words"], r => r.Words),
            (texts["Rules.List.State"], r => texts[$"Payments.State.{r.State}"].Value), (texts["Payments.List.AskedAt"], r => $"{Ui.Local(r.AskedAt):yyyy-MM-dd HH:mm}"), (texts["Payments.List.AskedBy"], r => names.GetValueOrDefault(r.AskedBy, r.AskedBy)),
            (texts["Payments.List.Approvals"], r => $"{r.Given}/{r.Needed}"), (texts["Funds.Move.Reference"], r => r.Reference), (texts["Payments.List.EndedAt"], r => r.EndedAt is { } at ? $"{Ui.Local(at):yyyy-MM-dd HH:mm}" : null),
            (texts["Payments.List.Returned"], r => r.ReturnedFen > 0 ? FundWords.Typed(r.ReturnedFen) : ""), (texts["Payments.List.Why"], r => r.Reason));
    }

    private IQueryable<Payment> Found()
    {
        var found = reads.Payments();
        if (!string.IsNullOrEmpty(Fund)) found = found.Where(p => p.Fund.Code == Fund);
        if (List.Q is { Length: > 0 } q)
        {
            var id = q.StartsWith("FK", StringComparison.OrdinalIgnoreCase) && int.TryParse(q.AsSpan(2), out var number) ? number : 0;
            found = found.Where(p => p.Id == id || p.Words.Contains(q) || (p.Payee != null && p.Payee.Contains(q)) || p.Lines.Any(l => l.Member != null && l.Member.Code == q));
        }
        return found;
    }

    private IQueryable<Payment> Of(IQueryable<Payment> found, Showing show) => show switch
    {
        Showing.Mine => reads.Mine(found),
        Showing.Asked => found.Where(p => p.State == PaymentState.Asked),
        Showing.Approved => found.Where(p => p.State == PaymentState.Approved),
        Showing.Paid => found.Where(p => p.State == PaymentState.Paid),
        Showing.Back => found.Where(p => p.Lines.Any(l => l.ClaimBack != null) || p.Reversals.Any(r => r.State == ReversalState.Asked || r.State == ReversalState.Done)),
        Showing.Ended => found.Where(p => p.State == PaymentState.Refused || p.State == PaymentState.Withdrawn || p.State == PaymentState.Reversed),
        _ => found,
    };

    private IQueryable<Payment> Sorted(IQueryable<Payment> found) => (List.Sort, List.Descending) switch
    {
        ("amount", false) => found.OrderBy(p => p.AmountFen).ThenByDescending(p => p.Id),
        ("amount", true) => found.OrderByDescending(p => p.AmountFen).ThenByDescending(p => p.Id),
        (_, false) => found.OrderBy(p => p.AskedAt).ThenBy(p => p.Id),
        _ => found.OrderByDescending(p => p.AskedAt).ThenByDescending(p => p.Id),
    };
}
