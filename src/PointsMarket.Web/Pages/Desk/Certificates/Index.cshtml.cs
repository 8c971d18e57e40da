using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Awards;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Awards;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Certificates;

/// <summary>Every certificate of the user's area; the chosen ones are printed into one PDF.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class IndexModel(AwardReads reads, CurrentUser user, PrintCertificates print, PrintRuns runs, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public AwardKind? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary>True for the revoked ones only, false for the valid ones.</summary>
    [BindProperty(SupportsGet = true)]
    public bool? Revoked { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<CertificateFace> Rows { get; private set; } = [];

    public IReadOnlyList<int> Years { get; private set; } = [];

    public int Total { get; private set; }

    public bool HasPdf => print.IsPossible;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var found = Found();
        Total = await found.CountAsync(ct);
        Years = await reads.Certificates().Select(c => c.Year).Distinct().OrderByDescending(y => y).ToListAsync(ct);
        Rows = await Sorted(found).Skip(List.Skip).Take(List.Size).Select(CertificateFace.Of).ToListAsync(ct);
    }

    public IActionResult OnGetCsv() => new Csv<CertificateFace>("certificates.csv", Sorted(Found()).Select(CertificateFace.Of).AsAsyncEnumerable(),
        (texts["Certificates.List.Number"], c => c.Number), (texts["Certificates.List.Kind"], c => texts[$"Awards.Kind.{c.Kind}"].Value), (texts["Certificates.List.Recipient"], c => c.Recipient),
        (texts["Desk.Members.Code"], c => c.MemberCode), (texts["Certificates.List.Title"], c => c.Title), (texts["Certificates.List.IssuedOn"], c => $"{c.IssuedOn:yyyy-MM-dd}"),
        (texts["Certificates.List.Prints"], c => c.Prints), (texts["Certificates.List.State"], c => texts[c.IsRevoked ? "Certificates.State.Revoked" : "Certificates.State.Valid"].Value));

    /// <summary>Starts printing what was ticked; revoked ones are left out.</summary>
    public async Task<IActionResult> OnPostPrintAsync(int[] chosen, CancellationToken ct)
    {
        if (chosen.Length > PrintRuns.Most)
        {
            TempData.Refuse("Certificates.Said.TooMany", $"{PrintRuns.Most}");
            return Redirect("/desk/certificates");
        }

        var faces = await reads.Certificates().Where(c => chosen.Contains(c.Id) && c.RevokedAt == null).OrderBy(c => c.Year).ThenBy(c => c.Serial).Select(CertificateFace.Of).ToListAsync(ct);
        return Go(faces);
    }

    /// <summary>Starts printing everything that is valid of one cycle.</summary>
    public async Task<IActionResult> OnPostPrintCycleAsync(int cycle, CancellationToken ct) =>
        Go(await reads.Certificates().Where(c => c.CycleId == cycle && c.RevokedAt == null).OrderBy(c => c.Year).ThenBy(c => c.Serial).Take(PrintRuns.Most).Select(CertificateFace.Of).ToListAsync(ct));

    private RedirectResult Go(List<CertificateFace> faces)
    {
        if (faces.Count > 0 && print.IsPossible) return Redirect($"/desk/certificates/print/{runs.Start(user.Id, user.Actor, faces, print.Root(Request)).Id}");
        TempData.Warn(print.IsPossible ? "Certificates.Said.NothingChosen" : "Certificates.Said.NoBrowser");
        return Redirect("/desk/certificates");
    }

    private IQueryable<Certificate> Found()
    {
        List = ListQuery.From(Request, "-number", "recipient", "issued");
        var found = reads.Certificates();
        if (Kind is { } kind) found = found.Where(c => c.Kind == kind);
        if (Year is { } year) found = found.Where(c => c.Year == year);
        if (Revoked is { } revoked) found = found.Where(c => revoked == (c.RevokedAt != null));
        if (List.Q.Length == 0) return found;
        var q = List.Q;
        var code = q.ToUpperInvariant();
        if (Certificate.Parse(q) is var (y, serial)) return found.Where(c => c.Year == y && c.Serial == serial);
        return found.Where(c => (c.Member != null && (c.Member.Code == code || c.Member.Number == q || (c.Member.Kind != MemberKind.Informant && c.Member.Name.Contains(q))))
            || (c.Sponsor != null && c.Sponsor.Name.Contains(q)) || (c.Name != null && c.Name.Contains(q)) || c.Title.Contains(q));
    }

    private IQueryable<Certificate> Sorted(IQueryable<Certificate> found) => (List.Sort, List.Descending) switch
    {
        ("recipient", false) => found.OrderBy(c => c.Member != null ? c.Member.Code : c.Sponsor != null ? c.Sponsor.Code : c.Name).ThenBy(c => c.Id),
        ("recipient", true) => found.OrderByDescending(c => c.Member != null ? c.Member.Code : c.Sponsor != null ? c.Sponsor.Code : c.Name).ThenBy(c => c.Id),
        ("issued", false) => found.OrderBy(c => c.IssuedOn).ThenBy(c => c.Id),
        ("issued", true) => found.OrderByDescending(c => c.IssuedOn).ThenByDescending(c => c.Id),
        (_, false) => found.OrderBy(c => c.Year).ThenBy(c => c.Serial),
        _ => found.OrderByDescending(c => c.Year).ThenByDescending(c => c.Serial),
    };
}
