using Microsoft.EntityFrameworkCore;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Me;

namespace PointsMarket.Web.Pages.Me;

/// <summary>The member's own certificates.</summary>
public sealed class CertificatesModel(CurrentUser user, MarketDb db) : MePage(user, db)
{
    public IReadOnlyList<CertificateFace> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) =>
        Rows = await Db.Certificates.Where(c => c.MemberId == Mine.MemberId).OrderByDescending(c => c.Year).ThenByDescending(c => c.Serial).Take(100).Select(CertificateFace.Of).ToListAsync(ct);
}
