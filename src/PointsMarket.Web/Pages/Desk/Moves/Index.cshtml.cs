using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Stock;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Moves;

/// <summary>Goods between outlets: what is on its way, and what was.</summary>
public sealed class IndexModel(MarketDb db, CurrentUser user, Actors actors, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Line(string NameZh, string NameEn, int Sent, int? Received);

    public sealed record Row(int Id, string Reference, StockMoveState State, string From, string To, DateTime SentAt, string SentBy, DateTime? EndedAt, string? EndedBy, List<Line> Lines);

    /// <summary>sent (what is not at its end, also what lacks something) or all.</summary>
    [BindProperty(SupportsGet = true)]
    public string Show { get; set; } = "sent";

    public ListQuery List { get; private set; } = null!;

    public Pager Pager { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        Load();
        Pager = new Pager(List, await Query().CountAsync());
        Rows = await Query().Skip(List.Skip).Take(List.Size).ToListAsync();
        Names = await actors.NamesAsync(Rows.SelectMany(r => new[] { r.SentBy, r.EndedBy }));
    }

    public IActionResult OnGetCsv()
    {
        Load();
        return new Csv<Row>("moves.csv", Query().AsAsyncEnumerable(),
            (texts["Moves.List.Reference"], r => r.Reference), (texts["Moves.List.From"], r => r.From), (texts["Moves.List.To"], r => r.To), (texts["Moves.List.State"], r => texts[$"Moves.State.{r.State}"].Value),
            (texts["Moves.List.SentAt"], r => $"{Ui.Local(r.SentAt):yyyy-MM-dd HH:mm}"), (texts["Moves.List.What"], r => string.Join("; ", r.Lines.Select(l => $"{GoodsText.Name(l.NameZh, l.NameEn)} {l.Received ?? l.Sent}/{l.Sent}"))));
    }

    private void Load()
    {
        List = ListQuery.From(Request);
        if (Show != "all") Show = "sent";
    }

    private IQueryable<Row> Query()
    {
        var path = user.AreaPath;
        var moves = db.StockMoves.Where(m => m.FromOutlet.Area.Path.StartsWith(path) || m.ToOutlet.Area.Path.StartsWith(path));
        if (Show == "sent") moves = moves.Where(m => m.State == StockMoveState.Sent || m.State == StockMoveState.Lacking);
        if (List.Q.Length > 0) moves = moves.Where(m => m.Reference.Contains(List.Q) || m.Lines.Any(l => l.Goods.NameZh.Contains(List.Q) || l.Goods.NameEn.Contains(List.Q)));
        return moves.OrderByDescending(m => m.Id).Select(m => new Row(m.Id, m.Reference, m.State, m.FromOutlet.Name, m.ToOutlet.Name, m.SentAt, m.SentBy, m.EndedAt, m.EndedBy,
            m.Lines.OrderBy(l => l.GoodsId).Select(l => new Line(l.Goods.NameZh, l.Goods.NameEn, l.Sent, l.Received)).ToList()));
    }
}
