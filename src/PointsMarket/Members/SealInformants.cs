using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Sealing;

namespace PointsMarket.Members;

/// <summary>
/// Seals the names of informants that still stand open, as in a database from before the seal. Run at every start and by
/// <c>migrate</c>: what is sealed is left alone.
/// </summary>
public sealed class SealInformants(MarketWrites writes, MarketContexts contexts, Seal seal)
{
    /// <summary>So many were sealed now, so many could not be for want of a key, and so many sealed names have no key in the file.</summary>
    public sealed record Result(int Sealed, int Unsealable, int Lost);

    /// <summary>Seals them, in one transaction.</summary>
    public async Task<Result> ExecuteAsync(CancellationToken ct = default)
    {
        var (done, left) = await OpenOnesAsync(ct) ? await writes.RunAsync(SealAsync, ct) : (0, 0);
        if (done > 0) await MarketSchema.EmptyLogAsync(contexts, ct);
        await using var db = contexts.Read();
        var names = await db.SealedIdentities.AsNoTracking().Select(s => s.Name).ToListAsync(ct);
        return new Result(done, left, names.Count(n => !seal.HasKeyOf(n)));
    }

    private async Task<bool> OpenOnesAsync(CancellationToken ct)
    {
        await using var db = contexts.Read();
        return await db.Members.AnyAsync(m => m.Kind == MemberKind.Informant && m.Name != m.Code, ct);
    }

    private async Task<(int Done, int Left)> SealAsync(MarketDb db)
    {
        var (done, left) = (0, 0);
        foreach (var member in await db.Members.Where(m => m.Kind == MemberKind.Informant && m.Name != m.Code).ToListAsync())
        {
            if (await SealAsync(db, seal, member, member.Name)) done++;
            else left++;
        }
        await db.SaveChangesAsync();
        return (done, left);
    }

    /// <summary>
    /// Seals a name for a member that has its key, and puts the code in its place, also on the screen of an account they have. The
    /// caller saves. False when there is no key: nothing changed.
    /// </summary>
    internal static async Task<bool> SealAsync(MarketDb db, Seal seal, Member member, string name)
    {
        if (seal.Close(name, SealedIdentity.PlaceOf(member.Code)) is not { } closed) return false;
        if (await db.SealedIdentities.SingleOrDefaultAsync(s => s.MemberId == member.Id) is { } old) old.Name = closed;
        else db.SealedIdentities.Add(new SealedIdentity { MemberId = member.Id, Name = closed });
        member.Name = member.Code;
        var code = member.Code;
        await db.Users.Where(u => u.MemberId == member.Id).ExecuteUpdateAsync(s => s.SetProperty(u => u.DisplayName, code));
        return true;
    }
}
