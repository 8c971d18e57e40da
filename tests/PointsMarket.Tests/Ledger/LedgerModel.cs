using PointsMarket.Ledger;

namespace PointsMarket.Tests.Ledger;

/// <summary>
/// The ledger as simply as it can be said: a dictionary of balances and a list of what was posted. What it answers and holds, the
/// real one must answer and hold.
/// </summary>
internal sealed class LedgerModel
{
    private readonly Dictionary<(AccountCode Code, Asset Asset), (long Balance, long Version)> accounts;
    private readonly List<TransactionRequest> posted;

    public LedgerModel()
        : this([], [])
    {
    }

    private LedgerModel(Dictionary<(AccountCode, Asset), (long, long)> accounts, List<TransactionRequest> posted) => (this.accounts, this.posted) = (accounts, posted);

    public IReadOnlyList<TransactionRequest> Posted => posted;

    public IEnumerable<(string Code, string Asset, long Balance, long Version)> Accounts =>
        accounts.Select(a => (a.Key.Code.Value, a.Key.Asset.Code, a.Value.Balance, a.Value.Version));

    /// <summary>What a rolled-back operation goes back to.</summary>
    public LedgerModel Copy() => new(new(accounts), [.. posted]);

    /// <summary>The result, and every account that would be below zero with what is missing; throws for what the ledger throws at.</summary>
    public (PostResult Result, List<Shortage> Short) Post(TransactionRequest request)
    {
        var same = posted.FindIndex(p => p.Key == request.Key);
        if (same >= 0) return (new PostResult(SameContent(posted[same], request) ? PostOutcome.Replayed : PostOutcome.KeyReused, same + 1), []);
        if (request.Related is { } related)
        {
            if (related.Sequence < 1 || related.Sequence > posted.Count) throw new ArgumentException("no such transaction");
            var ended = posted.FindIndex(p => p.Related == related);
            if (ended >= 0) return (new PostResult(PostOutcome.AlreadyRelated, ended + 1), []);
        }

        var after = new Dictionary<(AccountCode Code, Asset Asset), (long Balance, long Version)>(accounts);
        foreach (var p in request.Postings)
        {
            Move(after, p.Source, p.Asset, -p.Amount);
            Move(after, p.Destination, p.Asset, p.Amount);
        }
        var below = after.Where(a => a.Key.Code.IsGuarded && a.Value.Balance < 0).Select(a => new Shortage(a.Key.Code, a.Key.Asset, -a.Value.Balance)).ToList();
        if (below.Count > 0) return (new PostResult(PostOutcome.BelowFloor, 0), below);
        foreach (var (key, value) in after) accounts[key] = value;
        posted.Add(request);
        return (new PostResult(PostOutcome.Posted, posted.Count), []);
    }

    private static void Move(Dictionary<(AccountCode, Asset), (long Balance, long Version)> accounts, AccountCode code, Asset asset, long amount)
    {
        var (balance, version) = accounts.GetValueOrDefault((code, asset));
        accounts[(code, asset)] = (balance + amount, version + 1);
    }

    /// <summary>Who asked does not count; everything else does (invariant 4).</summary>
    private static bool SameContent(TransactionRequest a, TransactionRequest b) =>
        (a.Kind, a.Subject, a.HappenedAt, a.Reason, a.Related) == (b.Kind, b.Subject, b.HappenedAt, b.Reason, b.Related) && a.Postings.SequenceEqual(b.Postings);
}
