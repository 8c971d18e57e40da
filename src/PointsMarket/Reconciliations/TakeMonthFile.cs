using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Ledger;

namespace PointsMarket.Reconciliations;

/// <summary>
/// Takes a bank statement or a stocktake for a month, all or nothing. A fund has one statement a month and a station one stocktake: a
/// second one would make every line twice, so the first is withdrawn before. Read and compared outside the door.
/// </summary>
public sealed class TakeMonthFile(MarketContexts contexts, MarketWrites writes, TimeProvider clock)
{
    /// <summary>What is brought.</summary>
    public sealed record Input
    {
        /// <summary>Any day of the month.</summary>
        public required DateOnly Month { get; init; }

        /// <summary>What it should hold.</summary>
        public required MonthFileKind Kind { get; init; }

        /// <summary>The fund whose statement it is; null when the file holds several.</summary>
        public string? Fund { get; init; }

        /// <summary>The file.</summary>
        public required ImportSource Source { get; init; }

        /// <summary>Who brings it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in: the station's own.</summary>
        public required string AreaPath { get; init; }

        /// <summary>False to look it over and keep nothing.</summary>
        public required bool Keep { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Read; with Keep also kept. One of the two lists is empty.</summary>
    public sealed record Taken(MonthFile File, IReadOnlyList<BankLine> Lines, IReadOnlyList<CountedShelf> Shelves) : Outcome;

    /// <summary>It cannot be taken; nothing was kept.</summary>
    public sealed record Refused(IReadOnlyList<ImportProblem> Problems, int ProblemCount) : Outcome;

    /// <summary>The month has not ended yet.</summary>
    public sealed record MonthNotOver : Outcome;

    /// <summary>The month is closed.</summary>
    public sealed record MonthClosed : Outcome;

    /// <summary>The area is no station.</summary>
    public sealed record NotTheStation : Outcome;

    /// <summary>Takes it.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var month = new DateOnly(input.Month.Year, input.Month.Month, 1);
        if (clock.GetUtcNow().UtcDateTime < StationTime.Month(month).To) return new MonthNotOver();
        await using var db = contexts.Read();
        if (await StationMonth.BookAsync(db, input.AreaPath, ct) is not { } book) return new NotTheStation();
        if (await Closed.IsAsync(db, book, month, ct)) return new MonthClosed();

        var problems = new ImportProblems();
        var known = await KnownNames.ReadAsync(db, book, ct);
        IReadOnlyList<BankLine> lines = input.Kind == MonthFileKind.Bank ? await StatementFiles.BankAsync(input.Source, month, known with { Fund = input.Fund }, problems, ct) : [];
        IReadOnlyList<CountedShelf> shelves = input.Kind == MonthFileKind.Stocktake ? await StatementFiles.StocktakeAsync(input.Source, month, known, problems, ct) : [];
        if (problems.Count == 0 && lines.Count > 0) await SignsAsync(db, book, month, input.Source.Name, lines, problems, ct);
        if (problems.Count > 0) return new Refused(problems.Named([]), problems.Count);

        var fund = input.Fund ?? (lines.Select(l => l.Fund).Distinct().Take(2).ToList() is [var only] ? only : null);
        var file = new MonthFile
        {
            BookId = book, Month = month, Kind = input.Kind, Fund = fund, Name = input.Source.Name.Length <= 100 ? input.Source.Name : input.Source.Name[^100..],
            Sha256 = StatementFiles.Hash(input.Kind, month, fund, StatementFiles.Hash(lines, shelves)), Rows = lines.Count + shelves.Count, TakenAt = clock.GetUtcNow().UtcDateTime, TakenBy = input.Actor.Code,
        };
        if (!input.Keep) return await TwiceAsync(db, file, lines, shelves, ct) is { } twice ? Refuse(input, twice) : new Taken(file, lines, shelves);
        return await writes.RunAsync((w, token) => KeepAsync(w, input, file, lines, shelves, token), ct);
    }

    private static async Task<Outcome> KeepAsync(MarketDb db, Input input, MonthFile read, IReadOnlyList<BankLine> lines, IReadOnlyList<CountedShelf> shelves, CancellationToken ct)
    {
        await db.TakeTurnAsync();
        if (await Closed.IsAsync(db, read.BookId, read.Month, ct)) return new MonthClosed();
        if (await TwiceAsync(db, read, lines, shelves, ct) is { } twice) return Refuse(input, twice);
        // A copy, because the door may run this more than once.
        var file = new MonthFile
        {
            BookId = read.BookId, Month = read.Month, Kind = read.Kind, Fund = read.Fund, Name = read.Name, Sha256 = read.Sha256, Rows = read.Rows, TakenAt = read.TakenAt, TakenBy = read.TakenBy,
        };
        db.Add(file);
        db.Note(read.TakenAt, input.Actor, "month-file.taken", StationMonth.Text(read.Month), string.Create(CultureInfo.InvariantCulture, $"{read.Kind} {read.Rows} {read.Sha256[..12]}"));
        await db.SaveChangesAsync(ct);
        foreach (var chunk in lines.Index().Chunk(500))
        {
            db.AddRange(chunk.Select(l => new StatementLine
            {
                FileId = file.Id, Position = l.Index, Fund = l.Item.Fund, Date = l.Item.Date, Reference = l.Item.Reference, AmountFen = l.Item.AmountFen, Description = l.Item.Description,
            }));
            await db.SaveChangesAsync(ct);
        }
        db.AddRange(shelves.Select((s, i) => new CountLine { FileId = file.Id, Position = i, Outlet = s.Outlet, Sku = s.Sku, Counted = s.Counted }));
        await db.SaveChangesAsync(ct);
        return new Taken(file, lines, shelves);
    }

    private static Refused Refuse(Input input, ImportProblem problem) => new([problem with { File = input.Source.Name }], 1);

    /// <summary>
    /// The very same rows before, or another file that counts for the same fund and month. Files of earlier versions have the hash of
    /// their rows alone: such a one is the same when it was also brought for this fund, which the row still says.
    /// </summary>
    private static async Task<ImportProblem?> TwiceAsync(MarketDb db, MonthFile file, IReadOnlyList<BankLine> lines, IReadOnlyList<CountedShelf> shelves, CancellationToken ct)
    {
        var live = await db.MonthFiles.AsNoTracking().Where(f => f.BookId == file.BookId && f.Kind == file.Kind && f.Month == file.Month && f.Withdrawn == 0).OrderBy(f => f.Id).ToListAsync(ct);
        var rows = StatementFiles.Hash(lines, shelves);
        if (live.Find(f => f.Sha256 == file.Sha256 || (f.Sha256 == rows && f.Fund == file.Fund)) is { } same) return new ImportProblem("", 0, null, ImportReason.SameFile, same.Name, StationMonth.Text(same.Month));
        if (file.Kind == MonthFileKind.Stocktake) return live is [var other, ..] ? new ImportProblem("", 0, null, ImportReason.TakenBefore, other.Name, StationMonth.Text(file.Month)) : null;
        var ids = live.ConvertAll(f => f.Id);
        var funds = await db.BankLines.Where(l => ids.Contains(l.FileId)).Select(l => new { l.Fund, l.FileId }).Distinct().ToListAsync(ct);
        funds.AddRange(live.Where(f => f.Fund is not null).Select(f => new { Fund = f.Fund!, FileId = f.Id })); // a statement without a line is one too
        var mine = lines.Select(l => l.Fund).Append(file.Fund).ToHashSet(StringComparer.Ordinal);
        return funds.Find(f => mine.Contains(f.Fund)) is { } taken
            ? new ImportProblem("", 0, null, ImportReason.TakenBefore, live.First(f => f.Id == taken.FileId).Name, taken.Fund)
            : null;
    }

    /// <summary>Two lines or more that have their movement, and every one of them the other way round: then it is the file, not the bank.</summary>
    private static async Task SignsAsync(MarketDb db, int book, DateOnly month, string name, IReadOnlyList<BankLine> lines, ImportProblems problems, CancellationToken ct)
    {
        var (start, end) = StationTime.Month(month);
        var flows = new HashSet<(string, string, long)>();
        await foreach (var flow in LedgerMonth.FlowsAsync(db, book, start, end, ct)) flows.Add((flow.Fund, flow.Reference, flow.AmountFen));
        var right = lines.Count(l => flows.Contains((l.Fund, l.Reference, l.AmountFen)));
        var wrong = lines.Count(l => flows.Contains((l.Fund, l.Reference, -l.AmountFen)));
        if (right == 0 && wrong >= 2) problems.Add(name, 0, "amount_fen", ImportReason.WrongSigns, wrong.ToString(CultureInfo.InvariantCulture));
    }
}

/// <summary>Takes a statement or stocktake back that should not have been taken. What it held stays on record.</summary>
public sealed class WithdrawMonthFile(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Which, and why.</summary>
    public sealed record Input
    {
        /// <summary>The file.</summary>
        public required int FileId { get; init; }

        /// <summary>Why, in 1 to 500 characters.</summary>
        public required string Reason { get; init; }

        /// <summary>Who does it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in: the station's own.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Withdrawn.</summary>
        Done,

        /// <summary>There is no such file that counts.</summary>
        NotFound,

        /// <summary>Its month is closed.</summary>
        MonthClosed,

        /// <summary>No words, or too many.</summary>
        BadWords,
    }

    /// <summary>Withdraws it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Typed.Words(input.Reason, Closed.MostWords) is { } reason ? writes.RunAsync((db, token) => RunAsync(db, input, reason, token), ct) : Task.FromResult(Outcome.BadWords);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input, string reason, CancellationToken ct)
    {
        await db.TakeTurnAsync();
        var book = await StationMonth.BookAsync(db, input.AreaPath, ct);
        var file = await db.MonthFiles.SingleOrDefaultAsync(f => f.Id == input.FileId && f.BookId == book && f.Withdrawn == 0, ct);
        if (file is null) return Outcome.NotFound;
        if (await Closed.IsAsync(db, file.BookId, file.Month, ct)) return Outcome.MonthClosed;
        var now = clock.GetUtcNow().UtcDateTime;
        (file.Withdrawn, file.WithdrawnAt, file.WithdrawnBy, file.Reason) = (file.Id, now, input.Actor.Code, reason);
        db.Note(now, input.Actor, "month-file.withdrawn", StationMonth.Text(file.Month), reason);
        await db.SaveChangesAsync(ct);
        return Outcome.Done;
    }
}
