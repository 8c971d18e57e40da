using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Members;

namespace PointsMarket.Awards;

/// <summary>What stands on a certificate.</summary>
/// <param name="Id">Key.</param>
/// <param name="Year">With <paramref name="Serial"/> its number.</param>
/// <param name="Serial">From 1 in a year.</param>
/// <param name="Code">For its public address.</param>
/// <param name="Kind">The template.</param>
/// <param name="MemberKind">The level of a member; null for a firm or a name.</param>
/// <param name="MemberCode">A member's code; empty for a firm or a name.</param>
/// <param name="Written">A member's name, a firm's, or what was written down. Show it through <see cref="Recipient"/> only.</param>
/// <param name="Title">What is awarded.</param>
/// <param name="Words">What it says.</param>
/// <param name="IssuedOn">The day on it.</param>
/// <param name="RevokedAt">UTC; null while it is valid.</param>
/// <param name="Prints">How many times it was printed.</param>
public sealed record CertificateFace(
    int Id, int Year, int Serial, string Code, AwardKind Kind, MemberKind? MemberKind, string MemberCode, string Written, string Title, string Words, DateOnly IssuedOn, DateTime? RevokedAt, int Prints)
{
    /// <summary>Reads one row each.</summary>
    public static readonly Expression<Func<Certificate, CertificateFace>> Of = c => new CertificateFace(
        c.Id, c.Year, c.Serial, c.Code, c.Kind, c.Member == null ? null : c.Member.Kind, c.Member == null ? "" : c.Member.Code,
        c.Member != null ? c.Member.Name : c.Sponsor != null ? c.Sponsor.Name : c.Name!, c.Title, c.Words, c.IssuedOn, c.RevokedAt, c.Prints.Count);

    /// <summary>The number on it.</summary>
    public string Number => Certificate.NumberOf(Year, Serial);

    /// <summary>Whom it is for: an informant by the code, however old the certificate is.</summary>
    public string Recipient => MemberKind is { } kind ? MemberNames.Shown(kind, MemberCode, Written) : Written;

    /// <summary>True for one person, who is called comrade; false for a firm or a team.</summary>
    public bool IsPerson => Kind is not AwardKind.Team and not AwardKind.SponsorThanks;

    /// <summary>True once it is revoked.</summary>
    public bool IsRevoked => RevokedAt is not null;
}

/// <summary>What anybody learns who asks with a certificate's code.</summary>
/// <param name="Station">The station that issued it.</param>
/// <param name="Number">Its number, to compare with the paper.</param>
/// <param name="Kind">What it certifies.</param>
/// <param name="Title">What is awarded.</param>
/// <param name="Name">Whom it is for: a person masked, a firm or a team whole.</param>
/// <param name="IssuedOn">The day on it.</param>
/// <param name="RevokedOn">The station day it was revoked; null while it is valid.</param>
public sealed record VerifiedCertificate(string Station, string Number, AwardKind Kind, string Title, string Name, DateOnly IssuedOn, DateOnly? RevokedOn)
{
    /// <summary>
    /// The certificate of a code; null for any other. A malformed code is looked up like an unknown one, so that neither the answer
    /// nor its time tells them apart.
    /// </summary>
    public static async Task<VerifiedCertificate?> ReadAsync(MarketDb db, string? typed, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var code = CertificateCodes.Read(typed);
        var found = await db.Certificates.Where(c => c.Code == code).Select(c => new
        {
            Station = db.Areas.Where(a => a.BookId == c.BookId && a.Kind == AreaKind.Station).Select(a => a.Name).FirstOrDefault(),
            c.Year, c.Serial, c.Kind, c.Title, c.IssuedOn, c.RevokedAt, Firm = c.Sponsor == null ? null : c.Sponsor.Name, c.Name,
            MemberName = c.Member == null ? null : c.Member.Name, MemberCode = c.Member == null ? "" : c.Member.Code, MemberKind = c.Member == null ? (MemberKind?)null : c.Member.Kind,
        }).SingleOrDefaultAsync(ct);
        if (found is null) return null;
        var name = found.MemberKind is { } kind ? MemberNames.Masked(kind, found.MemberCode, found.MemberName!)
            : found.Firm ?? (found.Kind == AwardKind.Team ? found.Name! : MemberNames.Masked(Members.MemberKind.Volunteer, "", found.Name!));
        return new VerifiedCertificate(found.Station ?? "", Certificate.NumberOf(found.Year, found.Serial), found.Kind, found.Title, name, found.IssuedOn, found.RevokedAt is { } at ? StationTime.Day(at) : null);
    }
}
