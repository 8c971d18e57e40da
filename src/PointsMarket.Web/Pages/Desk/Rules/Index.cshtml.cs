using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Proposals;
using PointsMarket.Rules;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Rules;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Rules;

/// <summary>The rule book: what is in force, what is to come, what waits for a decision, and every change there ever was.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class IndexModel(MarketDb db, CurrentUser user, Actors actors, CategoryWords categories, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Row(ScoringRule Rule, ScoringRule? Next, int? Waiting);

    public IReadOnlyList<Row> Book { get; private set; } = [];

    public IReadOnlyList<RuleProposal> Waiting { get; private set; } = [];

    public IReadOnlyList<RuleProposal> Past { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public ListQuery List { get; private set; } = null!;

    public int Total { get; private set; }

    /// <summary>Only an administrator proposes.</summary>
    public bool MayPropose { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request);
        MayPropose = user.Is(PointsMarket.Accounts.Roles.Administrator);
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        var rules = await db.ScoringRules.AsNoTracking().ToListAsync(ct);
        Waiting = await db.RuleProposals.AsNoTracking().Where(p => p.State == ProposalState.Waiting).OrderBy(p => p.ProposedAt).ThenBy(p => p.Id).ToListAsync(ct);
        Book =
        [
            .. from category in categories.Codes
               let own = rules.Where(r => r.Category == category).OrderBy(r => r.From).ToList()
               let now = own.LastOrDefault(r => r.From <= today)
               where now is not null
               select new Row(now, own.FirstOrDefault(r => r.From > today), Waiting.FirstOrDefault(p => p.Category == category)?.Id),
        ];
        var past = db.RuleProposals.AsNoTracking().Where(p => p.State != ProposalState.Waiting);
        Total = await past.CountAsync(ct);
        Past = await past.OrderByDescending(p => p.DecidedAt).ThenByDescending(p => p.Id).Skip(List.Skip).Take(List.Size).ToListAsync(ct);
        Names = await actors.NamesAsync(Waiting.Concat(Past).SelectMany(p => new[] { p.ProposedBy, p.DecidedBy }), ct);
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken ct)
    {
        var names = await actors.NamesAsync(await db.RuleProposals.Select(p => p.ProposedBy).Union(db.RuleProposals.Select(p => p.DecidedBy ?? p.ProposedBy)).ToListAsync(ct), ct);
        return new Csv<RuleProposal>("rules.csv", db.RuleProposals.AsNoTracking().OrderBy(p => p.Id).AsAsyncEnumerable(),
            (texts["Rules.List.Number"], p => p.Number), (texts["Rules.Form.Category"], p => RuleWords.NameOf(p, categories)), (texts["Rules.Form.From"], p => $"{p.From:yyyy-MM-dd}"),
            (texts["Rules.Form.Points"], p => p.Points), (texts["Rules.Form.PerDay"], p => p.ReportsPerDay), (texts["Rules.Form.PerMonth"], p => p.PointsPerMonth),
            (texts["Rules.Form.Evidence"], p => texts[$"Rules.Evidence.{p.Evidence}"].Value), (texts["Rules.Form.Reason"], p => p.Reason), (texts["Rules.List.State"], p => texts[$"Rules.State.{p.State}"].Value),
            (texts["Rules.List.ProposedBy"], p => names.GetValueOrDefault(p.ProposedBy, p.ProposedBy)), (texts["Rules.List.ProposedAt"], p => $"{Ui.Local(p.ProposedAt):yyyy-MM-dd HH:mm}"),
            (texts["Rules.List.DecidedBy"], p => p.DecidedBy is null ? null : names.GetValueOrDefault(p.DecidedBy, p.DecidedBy)),
            (texts["Rules.List.DecidedAt"], p => p.DecidedAt is { } at ? $"{Ui.Local(at):yyyy-MM-dd HH:mm}" : null), (texts["Rules.List.Answer"], p => p.Answer));
    }
}
