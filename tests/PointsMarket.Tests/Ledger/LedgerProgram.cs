using FsCheck;
using FsCheck.Fluent;
using PointsMarket.Ledger;

namespace PointsMarket.Tests.Ledger;

/// <summary>What a random program asks of the ledger next.</summary>
internal enum Step
{
    Post,
    Hold,
    EndHold,
    Reverse,
    Replay,
    ReuseKey,
    RelateToNothing,
    Commit,
    RollBack,
    Throw,
}

/// <summary>One step and the numbers it draws its accounts, amounts and earlier transactions from.</summary>
internal sealed record Move(Step Step, int A, int B, int Amount);

/// <summary>Random programs: mostly postings and holds, ended by a commit every few steps, sometimes by a rollback.</summary>
internal static class LedgerProgram
{
    public const int Length = 500;

    private static readonly AccountCode[] PointAccounts =
    [
        AccountCode.Issue("task"), AccountCode.Issue("opening"), AccountCode.Member("G0001"), AccountCode.Member("G0002"), AccountCode.Member("g0001"),
        AccountCode.Held("X1"), AccountCode.Redeemed,
    ];

    private static readonly AccountCode[] ThingAccounts =
        [AccountCode.Purchase, AccountCode.Sponsor("S1"), AccountCode.Shelf("O1"), AccountCode.Shelf("O2"), AccountCode.Reserved("X1"), AccountCode.HandedOut, AccountCode.WrittenOff];

    private static readonly Asset[] Things = [Asset.Goods("rice"), Asset.Goods("soap"), Asset.Card("c50")];

    public static Arbitrary<Move[]> Arbitrary { get; } = Arb.From(Programs(), Shorter);

    public static bool IsFate(Step step) => step is Step.Commit or Step.RollBack or Step.Throw;

    /// <summary>One to three postings drawn from the numbers.</summary>
    public static Posting[] Postings(Move move)
    {
        var postings = new Posting[1 + move.B % 3];
        for (var i = 0; i < postings.Length; i++)
        {
            var draw = move.A / (i + 1) + 7 * i;
            var thing = (draw + move.B) % 2 == 1;
            var accounts = thing ? ThingAccounts : PointAccounts;
            var source = draw % accounts.Length;
            var destination = (source + 1 + move.B % (accounts.Length - 1)) % accounts.Length;
            postings[i] = new Posting(accounts[source], accounts[destination], thing ? Things[draw % Things.Length] : Asset.Points, move.Amount);
        }
        return postings;
    }

    /// <summary>The request with one thing changed, which makes its key one that is reused.</summary>
    public static TransactionRequest Changed(TransactionRequest request, int how) => (how % 6) switch
    {
        0 => request with { Subject = request.Subject + "x" },
        1 => request with { HappenedAt = request.HappenedAt.AddMilliseconds(1) },
        2 => request with { Reason = request.Reason is null ? "" : null },
        3 => request with { Kind = request.Kind + "x" },
        4 => request with { Postings = [.. request.Postings, new Posting(AccountCode.Issue("task"), AccountCode.Redeemed, Asset.Points, 1)] },
        _ => request with { Postings = [new Posting(request.Postings[0].Destination, request.Postings[0].Source, request.Postings[0].Asset, request.Postings[0].Amount), .. request.Postings.Skip(1)] },
    };

    private static Gen<Move[]> Programs()
    {
        var step = Gen.Frequency(
            (30, Gen.Constant(Step.Post)), (12, Gen.Constant(Step.Hold)), (10, Gen.Constant(Step.EndHold)), (8, Gen.Constant(Step.Reverse)), (8, Gen.Constant(Step.Replay)),
            (6, Gen.Constant(Step.ReuseKey)), (2, Gen.Constant(Step.RelateToNothing)), (4, Gen.Constant(Step.Commit)), (1, Gen.Constant(Step.RollBack)), (1, Gen.Constant(Step.Throw)));
        var amount = Gen.Frequency((20, Gen.Choose(1, 60)), (3, Gen.Choose(61, 5_000)), (1, Gen.Choose(1_000_000, int.MaxValue)));
        var move = from s in step from a in Gen.Choose(0, 100_000) from b in Gen.Choose(0, 100_000) from m in amount select new Move(s, a, b, m);
        return move.ArrayOf(Length);
    }

    /// <summary>The program with a stretch left out: first halves, then single steps.</summary>
    private static IEnumerable<Move[]> Shorter(Move[] program)
    {
        for (var size = program.Length / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= program.Length; at += size)
            {
                Move[] rest = [.. program[..at], .. program[(at + size)..]];
                yield return rest;
            }
        }
    }
}
