using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Auditing;

/// <summary>
/// Draws transactions of a month at random, each as likely as any other. The draw can be repeated by anybody: the numbers of the
/// month's transactions in order are shuffled by splitmix64 from the seed, and the first ones are the sample.
/// </summary>
public sealed class DrawSample(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The largest sample.</summary>
    public const int Most = 100;

    /// <summary>What to draw from.</summary>
    public sealed record Input
    {
        /// <summary>Any day of the month.</summary>
        public required DateOnly Month { get; init; }

        /// <summary>How many, 1 to <see cref="Most"/>; fewer when the month has fewer.</summary>
        public required int Size { get; init; }

        /// <summary>What the draw begins with.</summary>
        public required int Seed { get; init; }

        /// <summary>Who draws.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in: the station's own.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Drawn and kept under this key.</summary>
    public sealed record Drawn(int Id) : Outcome;

    /// <summary>Nothing happened in that month.</summary>
    public sealed record NothingThere : Outcome;

    /// <summary>The size is not one.</summary>
    public sealed record NotASize : Outcome;

    /// <summary>The area is no station.</summary>
    public sealed record NotTheStation : Outcome;

    /// <summary>Draws it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Size is < 1 or > Most ? Task.FromResult<Outcome>(new NotASize()) : writes.RunAsync((db, token) => RunAsync(db, input, token), ct);
    }

    /// <summary>The numbers that a seed draws from the month's, in order of number.</summary>
    public static IReadOnlyList<long> Draw(IReadOnlyList<long> numbers, int size, int seed)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var (rest, state) = (numbers.Order().ToArray(), unchecked((ulong)seed));
        size = Math.Min(size, rest.Length);
        for (var i = 0; i < size; i++)
        {
            var at = i + (int)((((UInt128)Next(ref state)) * (ulong)(rest.Length - i)) >> 64);
            (rest[i], rest[at]) = (rest[at], rest[i]);
        }
        return [.. rest.Take(size).Order()];
    }

    private static ulong Next(ref ulong state)
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input, CancellationToken ct)
    {
        if (await StationMonth.BookAsync(db, input.AreaPath, ct) is not { } book) return new NotTheStation();
        var (start, end) = StationTime.Month(input.Month);
        var numbers = await db.LedgerTransactions.Where(t => t.BookId == book && t.HappenedAt >= start && t.HappenedAt < end).Select(t => t.Sequence).ToListAsync(ct);
        if (numbers.Count == 0) return new NothingThere();
        var sample = new AuditSample
        {
            BookId = book, Month = new DateOnly(input.Month.Year, input.Month.Month, 1), Seed = input.Seed, Size = input.Size, UpTo = numbers.Max(), Of = numbers.Count,
            TakenAt = clock.GetUtcNow().UtcDateTime, TakenBy = input.Actor.Code,
        };
        sample.Items.AddRange(Draw(numbers, input.Size, input.Seed).Select(n => new AuditSampleItem { Sequence = n }));
        db.Add(sample);
        await db.SaveChangesAsync(ct);
        return new Drawn(sample.Id);
    }
}

/// <summary>Writes down what the auditor thinks of one transaction of a sample. It may be said anew; each time is on record.</summary>
public sealed class JudgeSample(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The longest remark.</summary>
    public const int MostWords = 500;

    /// <summary>What is thought.</summary>
    public sealed record Input
    {
        /// <summary>The sample.</summary>
        public required int SampleId { get; init; }

        /// <summary>The transaction.</summary>
        public required long Sequence { get; init; }

        /// <summary>In order or questioned.</summary>
        public required SampleVerdict Verdict { get; init; }

        /// <summary>In words, up to <see cref="MostWords"/>; asked for when it is questioned.</summary>
        public required string? Remark { get; init; }

        /// <summary>Who thinks so.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in: the station's own.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Kept.</summary>
        Done,

        /// <summary>It is in no such sample of the actor's station.</summary>
        NotFound,

        /// <summary>A question needs words; and none may be too long.</summary>
        BadWords,
    }

    /// <summary>Keeps it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var remark = input.Remark?.Trim() is { Length: > 0 } words ? words : null;
        var bad = remark?.Length > MostWords || input.Verdict is not (SampleVerdict.InOrder or SampleVerdict.Questioned) || (input.Verdict == SampleVerdict.Questioned && remark is null);
        return bad ? Task.FromResult(Outcome.BadWords) : writes.RunAsync((db, token) => RunAsync(db, input, remark, token), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input, string? remark, CancellationToken ct)
    {
        var book = await StationMonth.BookAsync(db, input.AreaPath, ct);
        var item = await db.AuditSampleItems.SingleOrDefaultAsync(i => i.SampleId == input.SampleId && i.Sequence == input.Sequence && db.AuditSamples.Any(s => s.Id == i.SampleId && s.BookId == book), ct);
        if (item is null) return Outcome.NotFound;
        var now = clock.GetUtcNow().UtcDateTime;
        (item.Verdict, item.Remark, item.At, item.By) = (input.Verdict, remark, now, input.Actor.Code);
        db.Note(now, input.Actor, "audit.judged", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{input.SampleId}:{input.Sequence}"), $"{input.Verdict} {remark}".Trim());
        await db.SaveChangesAsync(ct);
        return Outcome.Done;
    }
}
