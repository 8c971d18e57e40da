using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Board;

/// <summary>A member in a claim.</summary>
public sealed record ClaimPlace(int MemberId, MemberKind Kind, string Code, string Name, int Share, bool Agreed)
{
    /// <summary>For the desk.</summary>
    public string Shown => MemberNames.Shown(Kind, Code, Name);

    /// <summary>For other members.</summary>
    public string Masked => MemberNames.Masked(Kind, Code, Name);
}

/// <summary>A hand-over that is under way.</summary>
public sealed record HandOverView(int FromId, int ToId, MemberKind Kind, string Code, string Name, HandOverState State)
{
    public string Shown => MemberNames.Shown(Kind, Code, Name);

    public string Masked => MemberNames.Masked(Kind, Code, Name);
}

/// <summary>A claim as the pages show it.</summary>
public sealed record ClaimView
{
    public required int Id { get; init; }
    public required int CaseId { get; init; }
    public required ClaimState State { get; init; }
    public required string Plan { get; init; }
    public required DateTime AskedAt { get; init; }
    public required string AskedBy { get; init; }
    public required string? ApprovedBy { get; init; }
    public required DateTime? DueAt { get; init; }
    public required DateTime? SubmittedAt { get; init; }
    public required string? Reason { get; init; }
    public required int Reward { get; init; }
    public required long MoneyFen { get; init; }
    public required Extension Extension { get; init; }
    public required int MoreDays { get; init; }
    public required string? MoreReason { get; init; }
    public required IReadOnlyList<ClaimPlace> Members { get; init; }
    public required HandOverView? HandOver { get; init; }
    public bool InHand => CaseLife.InHand.Contains(State);
    public bool InLine => State is ClaimState.Asked or ClaimState.Waiting;
    public bool Agreed => Members.All(m => m.Agreed);
}

/// <summary>A line of history.</summary>
/// <param name="Recorded">True when somebody wrote it down for the member.</param>
public sealed record CaseStep(DateTime At, CaseChange Change, string Who, bool Recorded, string By, string? Words, int Points, IReadOnlyList<int> Photos, IReadOnlyList<CaseStep.File> Files)
{
    /// <summary>A PDF or text that came with it.</summary>
    public sealed record File(int Id, string Name, int Bytes);
}

/// <summary>Model of the <c>_CaseHistory</c> partial.</summary>
/// <param name="Steps">In order.</param>
/// <param name="Photos">Path of the photos.</param>
/// <param name="Files">Path of the other files.</param>
public sealed record CaseHistory(IReadOnlyList<CaseStep> Steps, string Photos, string Files);

/// <summary>Reads claims, histories and photos for the member's and the desk's pages.</summary>
public sealed class CaseReads(MarketDb db, CurrentUser user, Actors actors)
{
    public static IQueryable<ClaimView> View(IQueryable<Claim> claims) => claims.Select(c => new ClaimView
    {
        Id = c.Id, CaseId = c.CaseId, State = c.State, Plan = c.Plan, AskedAt = c.AskedAt, AskedBy = c.AskedBy, ApprovedBy = c.ApprovedBy, DueAt = c.DueAt, SubmittedAt = c.SubmittedAt, Reason = c.Reason,
        Reward = c.Reward, MoneyFen = c.MoneyFen, Extension = c.Extension, MoreDays = c.MoreDays, MoreReason = c.MoreReason,
        Members = c.Members.OrderBy(m => m.Position).Select(m => new ClaimPlace(m.MemberId, m.Member.Kind, m.Member.Code, m.Member.Name, m.Share, m.AgreedAt != null)).ToList(),
        HandOver = c.HandOvers.Where(h => h.State == HandOverState.Offered || h.State == HandOverState.Signed)
            .Select(h => new HandOverView(h.FromId, h.ToId, h.To.Kind, h.To.Code, h.To.Name, h.State)).FirstOrDefault(),
    });

    /// <summary>The cases of the user's area.</summary>
    public IQueryable<Case> Mine()
    {
        var path = user.AreaPath;
        return db.Cases.Where(c => c.Area.Path.StartsWith(path));
    }

    /// <summary>The history of a case for the desk, or only what concerns one claim, for its members, who read each other's masked names.</summary>
    public async Task<IReadOnlyList<CaseStep>> HistoryAsync(int caseId, int? claimId, CancellationToken ct)
    {
        var lines = db.CaseEvents.Where(e => e.CaseId == caseId);
        if (claimId is { } only) lines = lines.Where(e => e.ClaimId == only);
        var rows = await lines.OrderBy(e => e.Id).Select(e => new
        {
            e.At, e.Change, e.Actor, e.Words, e.Points, e.MemberId, Photos = e.Photos.OrderBy(p => p.Number).Select(p => p.Id).ToList(),
            Files = e.Files.OrderBy(f => f.Number).Select(f => new CaseStep.File(f.Id, f.Name, f.Bytes)).ToList(),
        }).AsSplitQuery().ToListAsync(ct);
        var ids = rows.Select(r => r.MemberId).OfType<int>().Distinct().ToList();
        var members = await db.Members.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => new { m.Kind, m.Code, m.Name }, ct);
        var names = await actors.NamesAsync(rows.Select(r => r.Actor), ct);
        var accounts = await db.Users.Where(u => u.MemberId != null && ids.Contains(u.MemberId!.Value)).ToDictionaryAsync(u => u.MemberId!.Value, u => u.Id, ct);
        return [.. rows.Select(r =>
        {
            var by = names.GetValueOrDefault(r.Actor, r.Actor);
            var who = r.MemberId is not { } m ? by
                : claimId is not null && m != user.MemberId ? MemberNames.Masked(members[m].Kind, members[m].Code, members[m].Name)
                : MemberNames.Shown(members[m].Kind, members[m].Code, members[m].Name);
            var own = r.MemberId is not { } x || (accounts.TryGetValue(x, out var id) && r.Actor == "user:" + id.ToString(CultureInfo.InvariantCulture));
            return new CaseStep(r.At, r.Change, who, !own && r.Actor.StartsWith("user:", StringComparison.Ordinal), by, r.Words, r.Points, r.Photos, r.Files);
        })];
    }

    /// <summary>The notes on cases of the user's area.</summary>
    public IQueryable<CaseEvent> NotesForDesk()
    {
        var path = user.AreaPath;
        return db.CaseEvents.Where(e => db.Cases.Any(c => c.Id == e.CaseId && c.Area.Path.StartsWith(path)));
    }

    /// <summary>The notes on claims the member has a place in, while it was not taken from them.</summary>
    public IQueryable<CaseEvent> NotesForMember()
    {
        var member = user.MemberId;
        return db.CaseEvents.Where(e => e.Claim!.Members.Any(m => m.MemberId == member)
            && (e.Claim.State == ClaimState.Held || e.Claim.State == ClaimState.Submitted || e.Claim.State == ClaimState.Settled));
    }

    /// <summary>A photo of one of the notes.</summary>
    internal static IQueryable<PhotoResult.Stored> Photo(IQueryable<CaseEvent> notes, int id) =>
        notes.SelectMany(e => e.Photos).Where(p => p.Id == id).Select(p => new PhotoResult.Stored(p.FileName, p.Kind));

    /// <summary>Another file of one of the notes.</summary>
    internal static IQueryable<EvidenceFile.Stored> File(IQueryable<CaseEvent> notes, int id) =>
        notes.SelectMany(e => e.Files).Where(f => f.Id == id).Select(f => new EvidenceFile.Stored(f.FileName, f.Name, f.Kind));
}
