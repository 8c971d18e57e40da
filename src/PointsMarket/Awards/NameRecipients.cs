using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Awards;

/// <summary>Names somebody by hand in a draft: a member by code or kiosk number, a firm, or a name written down. Not for what is ranked.</summary>
public sealed class NameRecipient(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The longest name written down.</summary>
    public const int LongestName = 60;

    /// <summary>Whom. Exactly one of the three.</summary>
    public sealed record Input
    {
        /// <summary>Who names, and where.</summary>
        public required AwardStep Step { get; init; }

        /// <summary>A member's code or kiosk number.</summary>
        public string? MemberCode { get; init; }

        /// <summary>A firm's code.</summary>
        public string? SponsorCode { get; init; }

        /// <summary>A team or a guest.</summary>
        public string? Name { get; init; }
    }

    /// <summary>Names them.</summary>
    public Task<AwardOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync((db, token) => RunAsync(db, input, clock.GetUtcNow().UtcDateTime, token), ct);
    }

    private static async Task<AwardOutcome> RunAsync(MarketDb db, Input input, DateTime now, CancellationToken ct)
    {
        var (cycle, why) = await AwardDesk.FindAsync(db, input.Step, now, decides: false, ct, AwardState.Draft);
        if (cycle is null) return why;
        var rule = AwardRule.For(cycle.Kind);
        if (rule.Ranked) return AwardOutcome.NotNow;
        if (await NomineeAsync(db, cycle, rule.Of, input, ct) is not { } nominee) return AwardOutcome.NoSuchRecipient;
        var others = db.AwardNominees.Where(n => n.CycleId == cycle.Id);
        if (await others.AnyAsync(n => (n.MemberId != null && n.MemberId == nominee.MemberId) || (n.SponsorId != null && n.SponsorId == nominee.SponsorId) || (n.Name != null && n.Name == nominee.Name), ct))
            return AwardOutcome.Already;
        if (await others.CountAsync(ct) >= cycle.Quota) return AwardOutcome.OverQuota;
        nominee.Place = (await others.MaxAsync(n => (int?)n.Place, ct) ?? 0) + 1;
        db.AwardNominees.Add(nominee);
        db.Write(cycle, now, input.Step.Actor.Code, AwardChange.Added, nominee.Name ?? input.SponsorCode?.Trim() ?? input.MemberCode?.Trim());
        await db.SaveChangesAsync(ct);
        return AwardOutcome.Done;
    }

    private static async Task<AwardNominee?> NomineeAsync(MarketDb db, AwardCycle cycle, AwardRecipients of, Input input, CancellationToken ct)
    {
        if (of.HasFlag(AwardRecipients.Members) && input.MemberCode?.Trim() is { Length: > 0 } code)
        {
            var path = await db.Areas.Where(a => a.Id == cycle.AreaId).Select(a => a.Path).SingleAsync(ct);
            var upper = code.ToUpperInvariant();
            var member = await db.Members.Where(m => (m.Code == upper || m.Number == code) && m.Area.Path.StartsWith(path)).Select(m => (int?)m.Id).FirstOrDefaultAsync(ct);
            return member is null ? null : new AwardNominee { CycleId = cycle.Id, MemberId = member };
        }
        if (of.HasFlag(AwardRecipients.Sponsors) && input.SponsorCode?.Trim() is { Length: > 0 } firm)
        {
            var sponsor = await db.Sponsors.Where(s => s.Code == firm).Select(s => (int?)s.Id).SingleOrDefaultAsync(ct);
            return sponsor is null ? null : new AwardNominee { CycleId = cycle.Id, SponsorId = sponsor };
        }
        var name = input.Name?.Trim();
        return of.HasFlag(AwardRecipients.Names) && name is { Length: > 0 and <= LongestName } ? new AwardNominee { CycleId = cycle.Id, Name = name } : null;
    }
}

/// <summary>Takes somebody who was named by hand off a draft again.</summary>
public sealed class RemoveRecipient(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Takes them off.</summary>
    public Task<AwardOutcome> ExecuteAsync(AwardStep step, int nomineeId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return writes.RunAsync(async (db, token) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var (cycle, why) = await AwardDesk.FindAsync(db, step, now, decides: false, token, AwardState.Draft);
            if (cycle is null) return why;
            if (AwardRule.For(cycle.Kind).Ranked) return AwardOutcome.NotNow; // those are struck off, with a reason
            var nominee = await db.AwardNominees.AsTracking().SingleOrDefaultAsync(n => n.Id == nomineeId && n.CycleId == cycle.Id, token);
            if (nominee is null) return AwardOutcome.NotFound;
            var code = nominee.Name ?? await db.AwardNominees.Where(n => n.Id == nomineeId).Select(n => n.Member != null ? n.Member.Code : n.Sponsor!.Code).SingleAsync(token);
            // An objection from an earlier notice may name them; for what is named by hand there is no notice, so there is none.
            db.AwardNominees.Remove(nominee);
            db.Write(cycle, now, step.Actor.Code, AwardChange.Removed, code);
            await db.SaveChangesAsync(token);
            return AwardOutcome.Done;
        }, ct);
    }
}
