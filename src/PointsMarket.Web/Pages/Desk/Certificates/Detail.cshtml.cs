using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Funding;
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

    /// <summary>The payment that the member's part of it came with, while that is not back.</summary>
    /// <param name="Id">Its key.</param>
    /// <param name="AmountFen">The member's part.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="ClaimBack">True when the part is to be claimed back.</param>
    /// <param name="IsBack">True when it came back.</param>
    public sealed record Money(int Id, long AmountFen, PaymentState State, bool ClaimBack, bool IsBack);

    public sealed record More(int CycleId, string CycleTitle, DateTime IssuedAt, string IssuedBy, string? RevokedBy, string? RevokedFor);

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public CertificateFace Face { get; private set; } = null!;

    /// <summary>True for approvers of the whole station: payments are its business, not a village's.</summary>
    public bool MaySeePayments { get; private set; }

    /// <summary>The money that was asked for with it, newest first.</summary>
    public IReadOnlyList<Money> Paid { get; private set; } = [];

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
        else if (outcome is RevokeCertificate.Outcome.RevokedAndStopped or RevokeCertificate.Outcome.RevokedAndToClaimBack) TempData.Warn($"Certificates.Said.{outcome}", Face.Number);
        else TempData.Refuse($"Certificates.Revoking.{outcome}");
        return Redirect($"/desk/certificates/{id}");
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        var found = reads.Certificates().Where(c => c.Id == id);
        Face = (await found.Select(CertificateFace.Of).SingleOrDefaultAsync(ct))!;
        if (Face is null) return false;
        Record = await found.Select(c => new More(c.CycleId, c.Cycle.Title, c.IssuedAt, c.IssuedBy, c.RevokedBy, c.RevokedFor)).SingleAsync(ct);
        MaySeePayments = await StationMonth.BookAsync(db, user.AreaPath, ct) is not null;
        var (href, member) = ($"/desk/awards/{Record.CycleId}", await found.Select(c => c.MemberId).SingleAsync(ct));
        Paid = await db.Payments.Where(p => p.Href == href).SelectMany(p => p.Lines, (p, l) => new { p, l }).Where(x => x.l.MemberId != null && x.l.MemberId == member).OrderByDescending(x => x.p.Id)
            .Select(x => new Money(x.p.Id, x.l.AmountFen, x.p.State, x.l.ClaimBack != null, x.l.ReversalId != null)).ToListAsync(ct);
        Prints = await db.CertificatePrints.AsNoTracking().Where(p => p.CertificateId == id).OrderByDescending(p => p.Id).Take(20).ToListAsync(ct);
        Names = await actors.NamesAsync([Record.IssuedBy, Record.RevokedBy, .. Prints.Select(p => p.By)], ct);
        return true;
    }
}
