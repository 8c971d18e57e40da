using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Awards;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Certificates;

/// <summary>One certificate: what stands on it, who issued it, when it was printed, and its revocation by somebody else.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class DetailModel(AwardReads reads, MarketDb db, CurrentUser user, Actors actors, RevokeCertificate revoke, PrintCertificates print, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Certificates.Detail.Reason"), Required, StringLength(AwardDesk.MostWords)]
        public string? Reason { get; set; }
    }

    public sealed record More(int CycleId, string CycleTitle, DateTime IssuedAt, string IssuedBy, string? RevokedBy, string? RevokedFor);

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public CertificateFace Face { get; private set; } = null!;

    public More Record { get; private set; } = null!;

    public IReadOnlyList<CertificatePrint> Prints { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    /// <summary>The public address.</summary>
    public string Address => PrintCertificates.Sheet(Face, print.Root(Request)).CheckUrl;

    /// <summary>Whoever had it issued does not revoke it.</summary>
    public bool MayRevoke => !Face.IsRevoked && Record.IssuedBy != user.Actor.Code;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRevokeAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await revoke.ExecuteAsync(new RevokeCertificate.Input { CertificateId = id, Reason = Input.Reason, UserId = user.Id, AreaPath = user.AreaPath }, ct);
        if (outcome == RevokeCertificate.Outcome.ReasonMissing)
        {
            ModelState.AddModelError("Input.Reason", texts["Awards.Outcome.ReasonMissing"]);
            return Page();
        }

        if (outcome == RevokeCertificate.Outcome.Revoked) TempData.Say("Certificates.Said.Revoked", Face.Number);
        else TempData.Refuse($"Certificates.Revoking.{outcome}");
        return Redirect($"/desk/certificates/{id}");
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        var found = reads.Certificates().Where(c => c.Id == id);
        Face = (await found.Select(CertificateFace.Of).SingleOrDefaultAsync(ct))!;
        if (Face is null) return false;
        Record = await found.Select(c => new More(c.CycleId, c.Cycle.Title, c.IssuedAt, c.IssuedBy, c.RevokedBy, c.RevokedFor)).SingleAsync(ct);
        Prints = await db.CertificatePrints.AsNoTracking().Where(p => p.CertificateId == id).OrderByDescending(p => p.Id).Take(20).ToListAsync(ct);
        Names = await actors.NamesAsync([Record.IssuedBy, Record.RevokedBy, .. Prints.Select(p => p.By)], ct);
        return true;
    }
}
