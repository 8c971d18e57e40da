using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Meetings;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Meetings;

/// <summary>What meetings gave to do and is not done, and the meetings.</summary>
public sealed class IndexModel(MarketDb db, CurrentUser user, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    private const int MostMeetings = 12;

    public sealed record ActionRow
    {
        public required int MeetingId { get; init; }
        public required int Number { get; init; }
        public required string What { get; init; }
        public required string Meeting { get; init; }
        public required DateOnly HeldOn { get; init; }
        public required DateOnly DueDay { get; init; }
        public required DateTime? DoneAt { get; init; }
        public required string? Result { get; init; }
        public required string? User { get; init; }
        public required string? Code { get; init; }
        public required string? Name { get; init; }
        public required MemberKind? Kind { get; init; }
        public string Owner => User ?? MemberNames.Shown(Kind!.Value, Code!, Name!);
    }

    public sealed record MeetingRow(int Id, string Title, DateOnly HeldOn, string Area, int Open, int All);

    public ListQuery List { get; private set; } = null!;

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    public IReadOnlyList<ActionRow> Actions { get; private set; } = [];

    public int Total { get; private set; }

    /// <summary>May write minutes; an attendant reads them.</summary>
    public bool Decides => Access.RolesFor(Access.Approve).Any(User.IsInRole);

    public int Late { get; private set; }

    public IReadOnlyList<MeetingRow> Meetings { get; private set; } = [];

    public DateOnly Today => StationTime.Day(clock.GetUtcNow().UtcDateTime);

    public async Task OnGetAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request, "due", "-due");
        var (path, today) = (user.AreaPath, Today);
        Late = await db.MeetingActions.CountAsync(a => a.DoneAt == null && a.DueDay < today && a.Meeting.Area.Path.StartsWith(path), ct);
        var actions = Filtered();
        Total = await actions.CountAsync(ct);
        Actions = await Rows(actions).Skip(List.Skip).Take(List.Size).ToListAsync(ct);
        Meetings = await db.Meetings.Where(m => m.Area.Path.StartsWith(path)).OrderByDescending(m => m.HeldOn).ThenByDescending(m => m.Id).Take(MostMeetings)
            .Select(m => new MeetingRow(m.Id, m.Title, m.HeldOn, m.Area.Name, m.Actions.Count(a => a.DoneAt == null), m.Actions.Count)).ToListAsync(ct);
    }

    public IActionResult OnGetCsv()
    {
        List = ListQuery.From(Request, "due", "-due");
        return new Csv<ActionRow>("meeting-actions.csv", Rows(Filtered()).AsAsyncEnumerable(),
            (texts["Meetings.List.HeldOn"], a => a.HeldOn.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), (texts["Meetings.Open.What"], a => a.What), (texts["Meetings.Open.Who"], a => a.Owner),
            (texts["Meetings.Open.Due"], a => a.DueDay.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            (texts["Meetings.Open.Done"], a => a.DoneAt is { } at ? StationTime.Day(at).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null), (texts["Meetings.Show.Result"], a => a.Result));
    }

    private IQueryable<MeetingAction> Filtered()
    {
        var (path, q) = (user.AreaPath, List.Q);
        var actions = db.MeetingActions.Where(a => a.Meeting.Area.Path.StartsWith(path));
        actions = Show switch { "done" => actions.Where(a => a.DoneAt != null), "all" => actions, _ => actions.Where(a => a.DoneAt == null) };
        return q.Length == 0 ? actions : actions.Where(a => a.What.Contains(q) || a.Meeting.Title.Contains(q));
    }

    private IQueryable<ActionRow> Rows(IQueryable<MeetingAction> actions) =>
        (List.Descending ? actions.OrderByDescending(a => a.DueDay).ThenByDescending(a => a.Id) : actions.OrderBy(a => a.DueDay).ThenBy(a => a.Id)).Select(a => new ActionRow
        {
            MeetingId = a.MeetingId, Number = a.Number, What = a.What, Meeting = a.Meeting.Title, HeldOn = a.Meeting.HeldOn, DueDay = a.DueDay, DoneAt = a.DoneAt, Result = a.Result,
            User = a.OwnerUser == null ? null : a.OwnerUser.DisplayName, Code = a.OwnerMember == null ? null : a.OwnerMember.Code,
            Name = a.OwnerMember == null ? null : a.OwnerMember.Name, Kind = a.OwnerMember == null ? null : a.OwnerMember.Kind,
        });
}
