using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Tasks;

namespace PointsMarket.Cases;

/// <summary>
/// A member asks for a case, alone or with partners. Who asks first stands first in line; whoever comes later is told who that is
/// and may stand in line behind. The one in front is approved or refused first; the others come up when it ends.
/// </summary>
public sealed class AskForCase(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The longest plan, in characters.</summary>
    public const int MostPlan = 500;

    /// <summary>A partner and their share.</summary>
    /// <param name="Code">Code or number, as typed.</param>
    /// <param name="Share">Per cent.</param>
    public sealed record Partner(string Code, int Share);

    /// <summary>What is asked.</summary>
    public sealed record Input
    {
        /// <summary>The case.</summary>
        public required int CaseId { get; init; }

        /// <summary>Who asks.</summary>
        public required Voice By { get; init; }

        /// <summary>Their own share: 100 when alone.</summary>
        public int Share { get; init; } = 100;

        /// <summary>The others, in order.</summary>
        public IReadOnlyList<Partner> Partners { get; init; } = [];

        /// <summary>How they mean to go about it; may be empty.</summary>
        public string? Plan { get; init; }

        /// <summary>The declaration that the one who asks has no interest of their own in the matter.</summary>
        public required bool NoInterest { get; init; }

        /// <summary>True to stand in line when somebody else is first.</summary>
        public bool Wait { get; init; }
    }

    /// <summary>Asked.</summary>
    /// <param name="ClaimId">The claim.</param>
    /// <param name="InLine">1 for the first in line.</param>
    public sealed record Asked(int ClaimId, int InLine) : CaseOutcome;

    /// <summary>Somebody else is first, and the member did not say that they would wait. Nothing changed.</summary>
    /// <param name="First">Who: a masked name, an informant's code.</param>
    /// <param name="InLine">How many stand in line now.</param>
    public sealed record Behind(string First, int InLine) : CaseOutcome;

    /// <summary>Asks.</summary>
    public async Task<CaseOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!input.NoInterest) return CaseOutcome.No(CaseRefusal.NoDeclaration);
        if (Typed.Text(input.Plan).Length > MostPlan) return CaseOutcome.No(CaseRefusal.BadWords);
        if (input.Partners.Count + 1 > Claim.MostMembers) return CaseOutcome.No(CaseRefusal.TooManyMembers);
        int[] shares = [input.Share, .. input.Partners.Select(p => p.Share)];
        if (shares.Any(s => s is < 1 or > 100) || shares.Sum() != 100) return CaseOutcome.No(CaseRefusal.BadShares);
        return await writes.RunAsync((db, token) => RunAsync(db, input, shares, token), ct);
    }

    private async Task<CaseOutcome> RunAsync(MarketDb db, Input input, int[] shares, CancellationToken ct)
    {
        var (me, path) = (input.By.MemberId, input.By.RecordedIn);
        var cases = db.Cases.Where(c => c.Id == input.CaseId && c.State != CaseState.Draft && db.Members.Any(m => m.Id == me && m.Area.BookId == c.Area.BookId));
        if (path is not null) cases = cases.Where(c => c.Area.Path.StartsWith(path));
        var docket = await Docket.OpenAsync(db, cases, clock.GetUtcNow().UtcDateTime, ct);
        if (docket is null) return CaseOutcome.No(CaseRefusal.NotFound);
        if (!CaseLife.May(docket.Case.State, CaseChange.Asked)) return CaseOutcome.No(CaseRefusal.NotNow);
        if (docket.Case.ClaimBy < StationTime.Day(docket.Now)) return CaseOutcome.No(CaseRefusal.DeadlinePassed);
        var members = new List<Member>();
        foreach (var code in (string?[])[null, .. input.Partners.Select(p => p.Code)])
        {
            var found = code is null ? await db.Members.Include(m => m.Area).SingleAsync(m => m.Id == me, ct) : await PartnerAsync(docket, code, ct);
            if (found is null) return CaseOutcome.No(CaseRefusal.UnknownMember, code);
            if (members.Exists(m => m.Id == found.Id)) return CaseOutcome.No(CaseRefusal.MemberTwice, code);
            members.Add(found);
        }
        if (await WrongAsync(docket, members, ct) is { } wrong) return wrong;
        // Without a live claim nobody is first: not in line, and not as a holder that came by import.
        var first = docket.Live;
        if (first is not null && !input.Wait) return new Behind(MaskedFirst(first), docket.Claims.Count);
        if (first is null && docket.Case.State != CaseState.Open) return CaseOutcome.No(CaseRefusal.NotNow);
        return await AddAsync(docket, input, members, shares, first is null, ct);
    }

    private static string MaskedFirst(Claim claim)
    {
        var first = claim.Members[0].Member;
        return MemberNames.Masked(first.Kind, first.Code, first.Name);
    }

    /// <summary>By code or number; an informant by code only, or the number on a card would lead to the code.</summary>
    private static Task<Member?> PartnerAsync(Docket docket, string typed, CancellationToken ct)
    {
        var (book, number, code) = (docket.Case.Area.BookId, typed.Trim(), typed.Trim().ToUpperInvariant());
        return docket.Db.Members.Include(m => m.Area)
            .Where(m => m.Area.BookId == book && (m.Code == code || (m.Number == number && m.Kind != MemberKind.Informant))).FirstOrDefaultAsync(ct);
    }

    private static async Task<CaseOutcome?> WrongAsync(Docket docket, List<Member> members, CancellationToken ct)
    {
        var offered = docket.Case.OfferedToId is { } id ? await docket.Db.Areas.Where(a => a.Id == id).Select(a => a.Path).SingleAsync(ct) : "";
        foreach (var member in members)
        {
            if (!docket.InService(member)) return CaseOutcome.No(CaseRefusal.NotInService, member.Code);
            if (!member.Area.Path.StartsWith(offered, StringComparison.Ordinal)) return CaseOutcome.No(CaseRefusal.NotOffered, member.Code);
            if (docket.Claims.Exists(c => c.Members.Exists(m => m.MemberId == member.Id))) return CaseOutcome.No(CaseRefusal.InLineAlready, member.Code);
        }
        return await docket.FullAsync(members.Take(1), asksToo: true, ct) is { } full ? CaseOutcome.No(CaseRefusal.TooMany, full.Code) : null;
    }

    private static async Task<CaseOutcome> AddAsync(Docket docket, Input input, List<Member> members, int[] shares, bool first, CancellationToken ct)
    {
        var (now, actor) = (docket.Now, input.By.Actor);
        var claim = new Claim
        {
            CaseId = docket.Case.Id, Round = docket.Case.Round, State = first ? ClaimState.Asked : ClaimState.Waiting, AskedAt = now, AskedBy = actor.Code, Plan = Typed.Text(input.Plan),
        };
        claim.Members.AddRange(members.Select((m, i) => new ClaimMember
        {
            Position = i, MemberId = m.Id, Share = shares[i], AgreedAt = i == 0 ? now : null, AgreedBy = i == 0 ? actor.Code : null,
        }));
        docket.Db.Claims.Add(claim);
        docket.Claims.Add(claim);
        docket.Note(CaseChange.Asked, actor, claim, members[0].Id, claim.Plan.Length > 0 ? claim.Plan : null);
        await docket.Db.SaveChangesAsync(ct);
        docket.Tell(claim, InboxKinds.CaseTeam, members[0].Id);
        if (input.By.RecordedIn is not null) docket.TellMember(claim, members[0].Id, InboxKinds.CaseAskedFor);
        if (first) await docket.TellDeskAsync(InboxKinds.CaseAsked, actor, ct);
        await docket.SaveAsync(actor, ct);
        return new Asked(claim.Id, docket.Claims.Count);
    }
}
