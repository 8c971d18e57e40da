using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Notices;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Account;

/// <summary>One's own messages, newest first. Opening one marks it as read and goes where it leads.</summary>
public sealed class InboxModel(MarketDb db, CurrentUser user, OpenMessage open, ReadAllMessages readAll) : PageModel
{
    public sealed record Row(long Id, DateTime At, string Kind, string Subject, bool IsNew);

    /// <summary>True to show only what is new.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Fresh { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public int Unread { get; private set; }

    /// <summary>True for a member, whose pages are a phone's; the others have the desk's menu beside it.</summary>
    public bool OnPhone => user.Is(Roles.Member) && !Roles.Staff.Any(user.Is);

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // With a password that was handed out one reads nothing yet.
        if (Claims.IsHeldBack(User)) context.Result = RedirectToPage("/Account/Arrived");
    }

    public async Task OnGetAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request);
        var mine = Inbox.Of(db, user.Id, user.MemberId);
        Unread = await mine.CountAsync(m => m.ReadAt == null, ct);
        if (Fresh) mine = mine.Where(m => m.ReadAt == null);
        Total = Fresh ? Unread : await mine.CountAsync(ct);
        Rows = await mine.OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Skip(List.Skip).Take(List.Size)
            .Select(m => new Row(m.Id, m.At, m.Kind, m.Subject, m.ReadAt == null)).ToListAsync(ct);
    }

    public async Task<IActionResult> OnPostOpenAsync(long id, CancellationToken ct)
    {
        var href = await open.ExecuteAsync(new OpenMessage.Input { MessageId = id, UserId = user.Id, MemberId = user.MemberId }, ct);
        return href is null ? NotFound() : LocalRedirect(href);
    }

    public async Task<IActionResult> OnPostReadAllAsync(CancellationToken ct)
    {
        var read = await readAll.ExecuteAsync(user.Id, user.MemberId, ct);
        TempData.Say("Inbox.Page.AllRead", Ui.Points(read));
        return Redirect("/account/inbox");
    }
}
