using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Proposals;
using PointsMarket.Settings;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Settings;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Settings;

/// <summary>All settings by group: what is in force, what is to come, what waits for a decision, and every change there ever was.</summary>
public sealed class IndexModel(MarketDb db, CurrentUser user, Actors actors, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>A setting today; <paramref name="Since"/> is the row it comes from, null for the default.</summary>
    public sealed record Row(Setting Setting, long Value, SettingValue? Since, SettingValue? Next);

    public IReadOnlyDictionary<string, IReadOnlyList<Row>> Book { get; private set; } = null!;

    public IReadOnlyList<SettingProposal> Waiting { get; private set; } = [];

    public IReadOnlyList<SettingProposal> Past { get; private set; } = [];

    /// <summary>The proposals behind the values shown, for who and when.</summary>
    public IReadOnlyDictionary<int, SettingProposal> Sources { get; private set; } = null!;

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public ListQuery List { get; private set; } = null!;

    public int Total { get; private set; }

    public bool MayPropose { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request);
        MayPropose = Access.RolesFor(Access.SettingsWrite).Any(user.Is);
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        var values = await db.SettingValues.AsNoTracking().ToListAsync(ct); // a few dozen in years
        Book = SettingList.Groups.ToDictionary(g => g, g => (IReadOnlyList<Row>)[.. SettingList.Of(g).Select(s => RowOf(s, values, today))]);
        var proposals = db.SettingProposals.AsNoTracking().Include(p => p.Lines);
        Waiting = await proposals.Where(p => p.State == ProposalState.Waiting).OrderBy(p => p.ProposedAt).ThenBy(p => p.Id).ToListAsync(ct);
        var past = proposals.Where(p => p.State != ProposalState.Waiting);
        Total = await past.CountAsync(ct);
        Past = await past.OrderByDescending(p => p.DecidedAt).ThenByDescending(p => p.Id).Skip(List.Skip).Take(List.Size).ToListAsync(ct);
        var used = Book.Values.SelectMany(r => r).SelectMany(r => new[] { r.Since?.ProposalId, r.Next?.ProposalId }).OfType<int>().Distinct().ToList();
        Sources = await db.SettingProposals.AsNoTracking().Where(p => used.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        Names = await actors.NamesAsync([.. Waiting.Concat(Past).Concat(Sources.Values).SelectMany(p => new[] { p.ProposedBy, p.DecidedBy })], ct);
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken ct)
    {
        var proposals = await db.SettingProposals.AsNoTracking().Include(p => p.Lines).OrderBy(p => p.Id).ToListAsync(ct);
        var names = await actors.NamesAsync(proposals.SelectMany(p => new[] { p.ProposedBy, p.DecidedBy }), ct);
        var rows = proposals.SelectMany(p => p.Lines.Select(l => (Proposal: p, Line: l)));
        return new Csv<(SettingProposal Proposal, SettingChange Line)>("settings.csv", rows.ToAsyncEnumerable(),
            (texts["Rules.List.Number"], r => r.Proposal.Number), (texts["Settings.List.Key"], r => r.Line.Setting), (texts["Settings.List.Setting"], r => SettingWords.Name(r.Line.Setting, texts)),
            (texts["Rules.Form.From"], r => $"{r.Proposal.From:yyyy-MM-dd}"), (texts["Rules.Detail.Now"], r => Plain(r.Line.Setting, r.Line.Before)), (texts["Settings.List.Then"], r => Plain(r.Line.Setting, r.Line.Value)),
            (texts["Rules.Form.Reason"], r => r.Proposal.Reason), (texts["Rules.List.State"], r => texts[$"Rules.State.{r.Proposal.State}"].Value),
            (texts["Rules.List.ProposedBy"], r => names[r.Proposal.ProposedBy]), (texts["Rules.List.ProposedAt"], r => $"{Ui.Local(r.Proposal.ProposedAt):yyyy-MM-dd HH:mm}"),
            (texts["Rules.List.DecidedBy"], r => r.Proposal.DecidedBy is { } by ? names[by] : null),
            (texts["Rules.List.DecidedAt"], r => r.Proposal.DecidedAt is { } at ? $"{Ui.Local(at):yyyy-MM-dd HH:mm}" : null), (texts["Rules.List.Answer"], r => r.Proposal.Answer));
    }

    private static Row RowOf(Setting setting, List<SettingValue> values, DateOnly today)
    {
        var own = values.Where(v => v.Setting == setting.Key).OrderBy(v => v.From).ToList();
        var since = own.LastOrDefault(v => v.From <= today);
        return new Row(setting, since?.Value ?? setting.Default, since, own.Find(v => v.From > today));
    }

    private static string Plain(string key, long value) => SettingList.Find(key) is { } setting ? SettingWords.Typed(setting, value) : $"{value}";
}
