using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Funding;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Finance.Funds;

/// <summary>One fund: where it stands, how its plan goes, and every movement there was.</summary>
public sealed class ShowModel(MarketDb db, FundReads reads, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Row(int Id, DateOnly Date, string Reference, FundMovementKind Kind, FundPurpose? Purpose, long AmountFen, string? Note, int? PaymentId, bool Reversed, long ReturnedFen)
    {
        public long Signed => Kind == FundMovementKind.Grant ? AmountFen : -AmountFen;
    }

    [BindProperty(SupportsGet = true)]
    public FundMovementKind? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    public FundState State { get; private set; } = null!;

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public bool MayWrite => user.Is(Roles.Finance);

    public bool MayEdit => user.Is(Roles.Administrator);

    public bool MayAsk => Access.RolesFor(Access.PaymentsAsk).Any(user.Is);

    public bool Filtered => List.Q.Length > 0 || Kind is not null || From is not null || To is not null;

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken ct)
    {
        if (await reads.FundAsync(code, ct) is not { } state) return NotFound();
        State = state;
        var found = Found();
        Total = await found.CountAsync(ct);
        Rows = await Read(found).Skip(List.Skip).Take(List.Size).ToListAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync(string code, CancellationToken ct)
    {
        if (await reads.FundAsync(code, ct) is not { } state) return NotFound();
        State = state;
        return new Csv<Row>($"fund-{state.Fund.Code}.csv", Read(Found()).AsAsyncEnumerable(),
            (texts["Funds.Move.Day"], r => $"{r.Date:yyyy-MM-dd}"), (texts["Funds.Move.Reference"], r => r.Reference), (texts["Funds.Move.Kind"], r => texts[$"Funds.Kind.{r.Kind}"].Value),
            (texts["Funds.Move.Purpose"], r => r.Kind == FundMovementKind.Grant ? "" : FundWords.Purpose(r.Purpose, texts)), (texts["Funds.Move.Amount"], r => (r.Signed < 0 ? "-" : "") + FundWords.Typed(r.AmountFen)),
            (texts["Funds.Move.Note"], r => r.Note), (texts["Funds.Move.Reversed"], r => r.Reversed ? texts["Funds.Move.Yes"].Value : ""), (texts["Funds.List.Returned"], r => r.Reversed ? FundWords.Typed(r.AmountFen) : r.ReturnedFen > 0 ? FundWords.Typed(r.ReturnedFen) : ""));
    }

    private IQueryable<FundMovement> Found()
    {
        List = ListQuery.From(Request, "-date", "amount");
        var (book, code) = (State.Fund.BookId, State.Fund.Code);
        var found = db.FundMovements.AsNoTracking().Where(m => m.BookId == book && m.Fund == code);
        if (Kind is { } kind) found = found.Where(m => m.Kind == kind);
        if (From is { } from) found = found.Where(m => m.Date >= from);
        if (To is { } to) found = found.Where(m => m.Date <= to);
        if (List.Q is { Length: > 0 } q) found = found.Where(m => m.Reference == q || (m.Note != null && m.Note.Contains(q)));
        return (List.Sort, List.Descending) switch
        {
            ("amount", false) => found.OrderBy(m => m.AmountFen).ThenByDescending(m => m.Id),
            ("amount", true) => found.OrderByDescending(m => m.AmountFen).ThenByDescending(m => m.Id),
            (_, false) => found.OrderBy(m => m.Date).ThenBy(m => m.Id),
            _ => found.OrderByDescending(m => m.Date).ThenByDescending(m => m.Id),
        };
    }

    private static IQueryable<Row> Read(IQueryable<FundMovement> found) =>
        found.Select(m => new Row(m.Id, m.Date, m.Reference, m.Kind, m.Purpose, m.AmountFen, m.Note, m.PaymentId, m.ReversedAt != null, m.ReturnedFen));
}
