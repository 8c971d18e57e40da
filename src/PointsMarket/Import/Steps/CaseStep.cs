using Microsoft.EntityFrameworkCore;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Import.Steps;

/// <summary>The claimants stand as text, <c>code:share;code:share</c>, so that two rows can be compared.</summary>
internal sealed record CaseRow(
    string Number, string Title, string Kind, string Area, int Reward, int Days, DateTime OpenedAt, string Claimants,
    DateTime? ApprovedAt, DateTime? SubmittedAt, DateTime? ClosedAt) : ImportRow
{
    public override string Reference => Number;

    public override IReadOnlyList<object?> Values => [Number, Title, Kind, Area, Reward, Days, OpenedAt, Claimants, ApprovedAt, SubmittedAt, ClosedAt];
}

/// <summary>Cases. The reward of a closed one is worked out here (<see cref="CaseReward"/>) and posted to its claimants in one transaction.</summary>
internal sealed class CaseStep : ImportStep<CaseRow>
{
    public override ImportFile File => ImportFile.Cases;

    public override IReadOnlyList<string> Columns { get; } =
        ["number", "title", "kind", "area", "reward", "days", "opened_at", "claimants", "approved_at", "submitted_at", "closed_at"];

    protected override CaseRow Parse(Cells cells)
    {
        var row = new CaseRow(
            cells.Code("number"), cells.Name("title", 200), cells.Code("kind"), cells.Code("area"), cells.Number("reward", 0, 1_000_000),
            cells.Number("days", 1, 3650), cells.Time("opened_at"), cells.Text("claimants", 2000),
            cells.TimeOrNull("approved_at"), cells.TimeOrNull("submitted_at"), cells.TimeOrNull("closed_at"));
        if (row.Kind.Length > 32) cells.Refuse("kind", ImportReason.TooLong, row.Kind, "32");
        if (ClaimantList.Read(row.Claimants) is null) cells.Refuse("claimants", ImportReason.BadShares, row.Claimants);
        (string Column, DateTime? Time)[] steps = [("opened_at", row.OpenedAt), ("approved_at", row.ApprovedAt), ("submitted_at", row.SubmittedAt), ("closed_at", row.ClosedAt)];
        for (var i = 1; i < steps.Length && !cells.Failed; i++)
        {
            if (steps[i].Time is null) continue;
            if (steps[i - 1].Time is null) cells.Refuse(steps[i].Column, ImportReason.Without, null, steps[i - 1].Column);
            else if (steps[i].Time < steps[i - 1].Time) cells.Refuse(steps[i].Column, ImportReason.TooEarly, null, steps[i - 1].Column);
        }
        if (!cells.Failed && row.ApprovedAt is not null && row.Claimants.Length == 0) cells.Refuse("approved_at", ImportReason.Without, null, "claimants");
        return row;
    }

    protected override async Task<List<CaseRow>> StoredAsync(MarketDb db, IReadOnlyList<string> references, CancellationToken ct)
    {
        var cases = await db.Cases.Where(c => references.Contains(c.Number))
            .Select(c => new
            {
                Case = c, Area = c.Area.Code,
                Claimants = c.Claimants.OrderBy(s => s.Position).Select(s => new { s.Member.Code, s.Share }).ToList(),
            }).AsNoTracking().ToListAsync(ct);
        return [.. cases.Select(c => new CaseRow(
            c.Case.Number, c.Case.Title, c.Case.Kind, c.Area, c.Case.Reward, c.Case.Days, c.Case.OpenedAt,
            ClaimantList.Write(c.Claimants.Select(s => (s.Code, s.Share))), c.Case.ApprovedAt, c.Case.SubmittedAt, c.Case.ClosedAt))];
    }

    protected override async Task WriteAsync(ImportRun run, IReadOnlyList<CaseRow> rows, CancellationToken ct)
    {
        var made = new List<(CaseRow Row, Case Entity, KnownArea Area, IReadOnlyList<(string Code, int Share)> Claimants)>(rows.Count);
        foreach (var row in rows.OrderBy(r => r.ClosedAt).ThenBy(r => r.Number, StringComparer.Ordinal))
        {
            var claimants = ClaimantList.Read(row.Claimants)!;
            if (Resolve(run, row, claimants) is { } found) made.Add((row, found.Case, found.Area, claimants));
        }
        if (!run.Writing) return;
        await run.SaveAsync(made.Select(m => m.Entity), ct);
        await run.SaveAsync(made.Select(m => Promise(run, m.Row, m.Entity)).OfType<Claim>(), ct);
        foreach (var (row, _, area, claimants) in made)
        {
            if (Request(run, row, area, claimants) is { } request) await run.PostAsync(row, "claimants", request, ct);
            run.Advance(1, ct);
        }
    }

    private static (Case Case, KnownArea Area)? Resolve(ImportRun run, CaseRow row, IReadOnlyList<(string Code, int Share)> claimants)
    {
        var area = run.Area(row, "area", row.Area);
        var members = claimants.Select(c => run.Member(row, "claimants", c.Code)).ToList();
        if (area is null || members.Contains(null)) return null;
        var stranger = members.FindIndex(m => m!.Area.Station != area.Station);
        if (stranger >= 0)
        {
            run.Refuse(row, "claimants", ImportReason.OtherStation, claimants[stranger].Code);
            return null;
        }
        var made = new Case
        {
            Number = row.Number, Title = row.Title, Kind = row.Kind, AreaId = area.Id, Reward = row.Reward, Days = row.Days,
            State = row switch { { ClosedAt: not null } => CaseState.Closed, { SubmittedAt: not null } => CaseState.Submitted, { ApprovedAt: not null } => CaseState.Claimed, _ => CaseState.Open },
            OpenedAt = row.OpenedAt, ApprovedAt = row.ApprovedAt, SubmittedAt = row.SubmittedAt, ClosedAt = row.ClosedAt,
        };
        // An imported case waits where its file left it, since then.
        (made.WaitsFor, made.WaitsSince) = made.State switch
        {
            CaseState.Submitted => (CaseWait.Closing, row.SubmittedAt),
            CaseState.Open when claimants.Count > 0 => (CaseWait.Claim, row.OpenedAt),
            _ => ((CaseWait?)null, (DateTime?)null),
        };
        made.Claimants.AddRange(claimants.Select((c, i) => new ClaimShare { Position = i, MemberId = members[i]!.Id, Share = c.Share }));
        return (made, area);
    }

    /// <summary>
    /// The claim behind an imported case, so that its life goes on here: what is claimed can be submitted, what is submitted closed,
    /// what is closed reopened. Null when nobody is named.
    /// </summary>
    private static Claim? Promise(ImportRun run, CaseRow row, Case made)
    {
        if (made.Claimants.Count == 0) return null;
        var claim = new Claim
        {
            CaseId = made.Id, Round = 1, AskedAt = row.ApprovedAt ?? row.OpenedAt, AskedBy = run.Actor.Code, ApprovedAt = row.ApprovedAt,
            ApprovedBy = row.ApprovedAt is null ? null : run.Actor.Code, DueAt = row.ApprovedAt?.AddDays(row.Days), SubmittedAt = row.SubmittedAt, EndedAt = row.ClosedAt,
            State = made.State switch { CaseState.Closed => ClaimState.Settled, CaseState.Submitted => ClaimState.Submitted, CaseState.Claimed => ClaimState.Held, _ => ClaimState.Asked },
            Reward = row.ClosedAt is null ? 0 : CaseReward.Of(row.Reward, row.Days, row.ApprovedAt!.Value, row.SubmittedAt!.Value),
        };
        claim.Members.AddRange(made.Claimants.Select(s => new ClaimMember
        {
            Position = s.Position, MemberId = s.MemberId, Share = s.Share, AgreedAt = claim.AskedAt, AgreedBy = run.Actor.Code,
        }));
        return claim;
    }

    /// <summary>The reward of a closed case; null when it earned nothing.</summary>
    private static TransactionRequest? Request(ImportRun run, CaseRow row, KnownArea area, IReadOnlyList<(string Code, int Share)> claimants)
    {
        if (row is not { ApprovedAt: { } approved, SubmittedAt: { } submitted, ClosedAt: { } closed }) return null;
        var parts = CaseReward.Split(CaseReward.Of(row.Reward, row.Days, approved, submitted), [.. claimants.Select(c => c.Share)]);
        var postings = claimants.Zip(parts).Where(p => p.Second > 0)
            .Select(p => new Posting(AccountCode.Issue("case"), AccountCode.Member(p.First.Code), Asset.Points, p.Second)).ToList();
        return postings.Count == 0 ? null : new TransactionRequest
        {
            BookId = area.Book, Key = $"case:{row.Number}", Kind = TransactionKinds.CaseReward, Subject = row.Number,
            HappenedAt = closed, Actor = run.Actor, Postings = postings,
        };
    }
}
