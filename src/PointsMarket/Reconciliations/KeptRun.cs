using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Reconciliations;

/// <summary>A run as compared: the record, its bank lines as they are read again, and what is off in the order of output.</summary>
internal sealed record Comparison(Reconciliation Found, IEnumerable<ReconciledLine> Lines, IReadOnlyList<CountedShelf> Counted, IReadOnlyList<FollowUp> Items);

/// <summary>
/// Keeps a run. What people said about the same thing in the run before is taken over: nobody explains twice, and a hand-made pair
/// stays one. The same files against the same ledger are the same record.
/// </summary>
internal static class KeptRun
{
    private sealed record Before(Reconciliation Run, List<FollowUp> Items, List<ReconciledLine> Lines);

    public static async Task<Reconciliation> KeepAsync(MarketDb db, Comparison run, DateTime now, CancellationToken ct)
    {
        await db.TakeTurnAsync(); // two at once keep one record
        var found = run.Found;
        var last = await db.Reconciliations.AsNoTracking().Include(r => r.Discrepancies.OrderBy(d => d.Position))
            .Where(r => r.BookId == found.BookId && r.Month == found.Month).OrderByDescending(r => r.Id).FirstOrDefaultAsync(ct);
        var before = last is null ? null : await BeforeAsync(db, last, ct);
        // A record of a time before things were followed is made anew.
        if (before is not null && before.Items.Count(i => i.Position is not null) == last!.Discrepancies.Count && Facts(last).SequenceEqual(Facts(found))) return last;
        if (await Closed.IsAsync(db, found.BookId, found.Month, ct)) return found; // looked over, not kept: the month has its record
        // A copy, because the door may run this more than once.
        var kept = new Reconciliation
        {
            BookId = found.BookId, Month = found.Month, RunAt = found.RunAt, RunBy = found.RunBy, Sources = found.Sources, BankLines = found.BankLines,
            Movements = found.Movements, Matched = found.Matched, Shelves = found.Shelves, Transactions = found.Transactions, CashFen = found.CashFen,
            GoodsFen = found.GoodsFen, CardsFen = found.CardsFen, PointsOutstanding = found.PointsOutstanding, PointValueFen = found.PointValueFen,
        };
        kept.Discrepancies.AddRange(found.Discrepancies.Select(d => new Discrepancy { Position = d.Position, Kind = d.Kind, Place = d.Place, Item = d.Item, Outside = d.Outside, Book = d.Book }));
        db.Add(kept);
        await db.SaveChangesAsync(ct);
        foreach (var chunk in run.Lines.Chunk(500))
        {
            foreach (var line in chunk) line.ReconciliationId = kept.Id;
            db.AddRange(chunk.AsEnumerable());
            await db.SaveChangesAsync(ct);
            foreach (var line in chunk) db.Entry(line).State = EntityState.Detached; // a statement may be long: nobody asks for them again
        }
        var items = run.Items.Select(i => Copy(i, kept.Id)).ToList();
        if (before is not null) items.AddRange(UntiedBefore(before, run.Lines).SelectMany(pair => pair).Select(i => Copy(i, kept.Id)));
        db.AddRange(items);
        await db.SaveChangesAsync(ct);
        if (before is not null) await TakeOverAsync(db, before, items, found.RunBy, now, ct);
        return kept;
    }

    /// <summary>The run before, what people said about it, and the lines of suggestions that they untied.</summary>
    private static async Task<Before> BeforeAsync(MarketDb db, Reconciliation last, CancellationToken ct)
    {
        var items = await db.FollowUps.AsNoTracking().Where(f => f.ReconciliationId == last.Id).OrderBy(f => f.Id).ToListAsync(ct);
        var untied = items.Where(i => i is { Position: null, Line: not null }).Select(i => i.Line!.Value).ToList();
        return new Before(last, items, await db.ReconciledLines.AsNoTracking().Where(l => l.ReconciliationId == last.Id && untied.Contains(l.Position)).ToListAsync(ct));
    }

    private static FollowUp Copy(FollowUp i, int run) => new()
    {
        ReconciliationId = run, Position = i.Position, Kind = i.Kind, Place = i.Place, Item = i.Item, Outside = i.Outside, Book = i.Book, Day = i.Day, Line = i.Line, Sequence = i.Sequence,
    };

    /// <summary>Suggestions that somebody untied and that the rules make again: untied again, both halves.</summary>
    private static IEnumerable<FollowUp[]> UntiedBefore(Before before, IEnumerable<ReconciledLine> lines)
    {
        var untied = before.Items.Where(i => i is { Position: null, Kind: DiscrepancyKind.BankOnly })
            .Select(bank => (Bank: bank, before.Lines.Find(l => l.Position == bank.Line)?.Sequence)).Where(u => u.Sequence is not null).ToList();
        if (untied.Count == 0) yield break;
        var sequences = untied.Select(u => u.Sequence).ToHashSet();
        var suggested = lines.Where(l => l.Pairing == Pairing.Suggested && sequences.Contains(l.Sequence)).ToList();
        foreach (var (bank, sequence) in untied)
        {
            var again = suggested.Find(l => l.Sequence == sequence && l.Fund == bank.Place);
            if (again is null || before.Items.Find(i => i is { Position: null, Kind: DiscrepancyKind.LedgerOnly } && i.Sequence == sequence) is not { } book) continue;
            var half = Copy(bank, 0);
            half.Line = again.Position;
            yield return [half, Copy(book, 0)];
        }
    }

    private static async Task TakeOverAsync(MarketDb db, Before before, List<FollowUp> items, string actor, DateTime now, CancellationToken ct)
    {
        var open = before.Items.ToList();
        var earlier = new Dictionary<FollowUp, FollowUp>();
        foreach (var item in items)
        {
            if (open.Find(o => (o.Kind, o.Place, o.Item, o.Outside, o.Book, o.Day) == (item.Kind, item.Place, item.Item, item.Outside, item.Book, item.Day)) is not { } same) continue;
            open.Remove(same);
            if (same is { State: FollowUpState.Explained, IsMoney: false, FirstSignature: null }) continue; // explained by one person when that was still taken for pieces
            if (same.State != FollowUpState.Open || same.FirstSignature is not null || same.PaymentId is not null) earlier[item] = same;
        }
        // An entry that was posted for a bank line, and that the rules could not pair with it.
        foreach (var (item, same) in earlier.Where(e => e.Value.How == Remedy.EntryPosted).ToList())
        {
            earlier.Remove(item);
            if (items.Find(i => i.Kind == DiscrepancyKind.LedgerOnly && i.Sequence == same.SettledSequence) is not { } entry) continue;
            (item.WithId, entry.WithId) = (entry.Id, item.Id);
            foreach (var half in (FollowUp[])[item, entry]) (half.State, half.How, half.Words, half.Owner, half.At) = (FollowUpState.Settled, Remedy.MatchedByHand, same.Words, same.Owner, same.At);
        }
        var abroad = await AbroadAsync(db, before, earlier, actor, now, ct);
        foreach (var (item, same) in earlier)
        {
            var other = same.WithId is { } with ? earlier.FirstOrDefault(e => e.Value.Id == with).Key ?? abroad.GetValueOrDefault(with) : null;
            if (same.How == Remedy.MatchedByHand && other is null) continue;
            (item.State, item.How, item.Words, item.Owner, item.At, item.SettledSequence, item.FirstSignature, item.WithId, item.PaymentId) =
                (same.State, same.How, same.Words, same.Owner, same.At, same.SettledSequence, same.FirstSignature, other?.Id, same.PaymentId);
            if (other is not null && abroad.ContainsKey(other.Id)) other.WithId = item.Id;
        }
        var signed = earlier.Where(e => e.Key.FirstSignature is not null).ToDictionary(e => e.Value.Id, e => e.Key.Id);
        var cards = await db.FollowUpCards.AsNoTracking().Where(c => signed.Keys.Contains(c.FollowUpId)).ToListAsync(ct);
        db.AddRange(cards.Select(c => new FollowUpCard { FollowUpId = signed[c.FollowUpId], Serial = c.Serial, Sighting = c.Sighting }));
        db.AddRange(items.Where(i => i.State != FollowUpState.Open || i.FirstSignature is not null || i.PaymentId is not null)
            .Select(i => new FollowUpEvent { FollowUpId = i.Id, At = now, Actor = actor, Change = FollowUpChange.TakenOver, Words = i.Words }));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The halves of matches by hand that lie in other months, by their keys. One whose own half is off no more is let go.</summary>
    private static async Task<Dictionary<int, FollowUp>> AbroadAsync(MarketDb db, Before before, Dictionary<FollowUp, FollowUp> earlier, string actor, DateTime now, CancellationToken ct)
    {
        var own = before.Items.Select(i => i.Id).ToHashSet();
        var found = new Dictionary<int, FollowUp>();
        foreach (var same in before.Items.Where(i => i is { How: Remedy.MatchedByHand, WithId: { } with } && !own.Contains(with)))
        {
            if (await db.FollowUps.SingleOrDefaultAsync(f => f.Id == same.WithId && f.WithId == same.Id, ct) is not { } other) continue;
            if (earlier.ContainsValue(same)) found[other.Id] = other;
            else await new FollowUpBook(db, now, Actor.Parse(actor), other, before.Run, same.Words ?? "").LetGoAsync(other, ct);
        }
        return found;
    }

    private static IEnumerable<object?> Facts(Reconciliation r) =>
    [
        r.Sources, r.BankLines, r.Movements, r.Matched, r.Shelves, r.Transactions, r.Cover,
        .. r.Discrepancies.Select(d => (d.Kind, d.Place, d.Item, d.Outside, d.Book)),
    ];
}
