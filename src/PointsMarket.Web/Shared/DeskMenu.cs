using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Web.Shared;

/// <summary>One entry of the desk's side menu.</summary>
/// <param name="Section">Key of the heading it stands under; entries of one section stand together.</param>
/// <param name="Icon">Name in the lucide sprite.</param>
/// <param name="Text">Key of its words.</param>
/// <param name="Href">Path of the page, lower case, from the root.</param>
/// <param name="Policy">Authorization policy of that page; who does not pass it does not see the entry.</param>
public sealed record DeskEntry(string Section, string Icon, string Text, string Href, string Policy);

/// <summary>
/// The desk's side menu, in order. A feature adds its entry here when its page exists, never before:
/// <c>DeskMenuTests</c> asks for every entry's page and policy.
/// </summary>
public static class DeskMenu
{
    private const int MostUnfolded = 16;

    /// <summary>Every entry, in the order it is shown.</summary>
    public static readonly IReadOnlyList<DeskEntry> Entries =
    [
        new("Shell.Desk.Daily", "layout-dashboard", "Desk.Home.Title", "/desk", Access.Desk),
        new("Shell.Desk.Daily", "scan-line", "Desk.Counter.Title", "/desk/counter", Access.Desk),
        new("Shell.Desk.Daily", "clipboard-check", "Reports.Desk.Title", "/desk/reports", Access.ApproveRead),
        new("Shell.Desk.Daily", "scroll-text", "Rules.List.Title", "/desk/rules", Access.ApproveRead),
        new("Shell.Desk.Daily", "plus", "Reports.For.Title", "/desk/reports/file", Access.Desk),
        new("Shell.Desk.Daily", "calendar", "Duties.Desk.Title", "/desk/duties", Access.Desk),
        new("Shell.Desk.Daily", "clipboard-list", "Cases.Desk.Title", "/desk/cases", Access.DeskRead),
        new("Shell.Desk.Daily", "triangle-alert", "Loops.Desk.Title", "/desk/loops", Access.Desk),
        new("Shell.Desk.Daily", "shield-check", "Tips.Desk.Title", "/desk/tips", Access.Approve),
        new("Shell.Desk.Daily", "gift", "Desk.Slips.Title", "/desk/redemptions", Access.DeskRead),
        new("Shell.Desk.Things", "package", "Desk.Goods.Title", "/desk/goods", Access.DeskRead),
        new("Shell.Desk.Things", "clock", "Stock.Outlook.Title", "/desk/stock", Access.DeskRead),
        new("Shell.Desk.Things", "list-checks", "Stocktakes.List.Title", "/desk/stocktakes", Access.DeskRead),
        new("Shell.Desk.Things", "arrow-right", "Moves.List.Title", "/desk/moves", Access.DeskRead),
        new("Shell.Desk.Things", "credit-card", "Cards.List.Title", "/desk/cards", Access.DeskRead),
        new("Shell.Desk.Things", "clipboard-check", "Signatures.List.Title", "/desk/signatures", Access.Approve),
        new("Shell.Desk.Things", "hand-heart", "Sponsor.Arrivals.Title", "/desk/arrivals", Access.DeskRead),
        new("Shell.Desk.Things", "handshake", "Sponsor.Desk.Title", "/desk/sponsors", Access.ApproveRead),
        new("Sponsor.Menu.Section", "hand-heart", "Sponsor.Home.Title", "/sponsor", Access.Sponsor),
        new("Sponsor.Menu.Section", "list-checks", "Sponsor.Wish.Title", "/sponsor/wishes", Access.Sponsor),
        new("Sponsor.Menu.Section", "handshake", "Sponsor.Pledges.Title", "/sponsor/pledges", Access.Sponsor),
        new("Sponsor.Menu.Section", "package", "Sponsor.Home.Deliveries", "/sponsor/deliveries", Access.Sponsor),
        new("Sponsor.Menu.Section", "sprout", "Sponsor.Impact.Title", "/sponsor/impact", Access.Sponsor),
        new("Sponsor.Menu.Section", "award", "Certificates.Firm.Title", "/sponsor/certificates", Access.Sponsor),
        new("Sponsor.Menu.Section", "users", "Sponsor.People.Title", "/sponsor/people", Access.Sponsor),
        new("Shell.Desk.People", "users", "Desk.Members.Title", "/desk/members", Access.Desk),
        new("Shell.Desk.People", "award", "Assess.Desk.Title", "/desk/assessment", Access.ApproveRead),
        new("Shell.Desk.People", "trophy", "Awards.List.Heading", "/desk/awards", Access.ApproveRead),
        new("Shell.Desk.People", "id-card", "Certificates.List.Heading", "/desk/certificates", Access.Approve),
        new("Shell.Desk.People", "users", "Ratings.Desk.Title", "/desk/evaluations", Access.Approve),
        new("Shell.Desk.People", "list-checks", "Meetings.List.Title", "/desk/meetings", Access.Desk),
        new("Shell.Desk.People", "trending-up", "Effects.Page.Title", "/desk/effects", Access.Desk),
        new("Shell.Desk.People", "lock", "Unseal.List.Title", "/desk/unsealings", Access.Approve),
        new("Shell.Desk.Books", "list-checks", "Finance.Books.Title", "/finance", Access.Finance),
        new("Shell.Desk.Books", "scroll-text", "Finance.Journal.Title", "/finance/journal", Access.Finance),
        new("Shell.Desk.Books", "file-spreadsheet", "Recon.List.Title", "/finance/reconciliation", Access.Finance),
        new("Shell.Desk.Books", "heart", "Funds.List.Title", "/finance/funds", Access.Finance),
        new("Shell.Desk.Books", "credit-card", "Payments.List.Title", "/finance/payments", Access.Payments),
        new("Shell.Desk.Books", "settings", "Settings.List.Title", "/admin/settings", Access.Settings),
        new("Shell.Desk.Books", "credit-card", "Cards.Trace.Title", "/finance/cards", Access.Finance),
        new("Shell.Desk.Books", "clipboard-check", "Audit.List.Title", "/finance/audit", Access.Audit),
        new("Shell.Desk.Books", "shield-check", "Recon.Cover.Title", "/desk/cover", Access.ApproveRead),
        new("Shell.Desk.Books", "lock", "Sealed.Record.Title", "/finance/sealed", Access.Audit),
        new("Admin.Menu.Section", "id-card", "Admin.Accounts.Title", "/admin/accounts", Access.Admin),
        new("Admin.Menu.Section", "store", "Admin.Outlets.Title", "/admin/outlets", Access.Admin),
        new("Admin.Menu.Section", "shopping-basket", "Admin.Kiosks.Title", "/admin/kiosks", Access.Admin),
        new("Admin.Menu.Section", "map-pin", "Admin.Areas.Title", "/admin/areas", Access.Admin),
        new("Admin.Menu.Section", "trending-up", "Routes.List.Title", "/admin/routes", Access.Admin),
        new("Admin.Menu.Section", "handshake", "Loops.Mediators.Title", "/admin/mediators", Access.Admin),
        new("Admin.Menu.Section", "upload", "Admin.Import.Title", "/admin/import", Access.Admin),
        new("Admin.Menu.Section", "clock", "Jobs.List.Title", "/admin/jobs", Access.Admin),
        new("Admin.Menu.Section", "history", "Admin.Changes.Title", "/admin/changes", Access.Admin),
    ];

    /// <summary>The sections and entries that this user may open; a section without entries is left out.</summary>
    public static async Task<IReadOnlyList<IGrouping<string, DeskEntry>>> ForAsync(ClaimsPrincipal user, IAuthorizationService authorization)
    {
        var open = new List<DeskEntry>();
        foreach (var entry in Entries)
        {
            if ((await authorization.AuthorizeAsync(user, entry.Policy)).Succeeded)
            {
                open.Add(entry);
            }
        }

        return [.. open.GroupBy(e => e.Section)];
    }

    /// <summary>
    /// Whether a section is shown unfolded: all of a menu that fits a screen; of a longer one the daily work, which stands first, and
    /// where the reader is.
    /// </summary>
    public static bool IsOpen(IReadOnlyList<IGrouping<string, DeskEntry>> sections, IGrouping<string, DeskEntry> section, DeskEntry? here)
    {
        ArgumentNullException.ThrowIfNull(sections);
        ArgumentNullException.ThrowIfNull(section);
        return sections.Sum(s => s.Count()) <= MostUnfolded || section == sections[0] || section.Contains(here);
    }

    /// <summary>The entry whose page, or a page below it, is at <paramref name="path"/>; the longest path wins.</summary>
    public static DeskEntry? At(PathString path) =>
        Entries.Where(e => path.StartsWithSegments(e.Href, StringComparison.OrdinalIgnoreCase)).MaxBy(e => e.Href.Length);
}
