using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Ledger;
using PointsMarket.Loops;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Tasks;

namespace PointsMarket.Demo;

/// <summary>
/// Fills an empty database with the demo station, all or nothing, through the import, its rules and the journal. Never mixes
/// with data of anybody's; accounts are nobody's data and may be there.
/// </summary>
public sealed class LoadDemo(
    MarketWrites writes, ImportFiles import, LotBook lots, Journal journal, PinHasher hasher, PhotoFolder folder, OpenLoop openLoop, StepLoop stepLoop, LedgerVerifier verifier, MoveClosing move,
    TimeProvider clock)
{
    /// <summary>The change record that says a database holds the demo station.</summary>
    public const string LoadedAction = "demo.loaded";

    /// <summary>Who asks for it.</summary>
    public sealed record Input
    {
        /// <summary>Written into the ledger and the change record.</summary>
        public required Actor Actor { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Done: so many rows, and slips of the kiosk.</summary>
    public sealed record Loaded(int Rows, int Slips) : Outcome;

    /// <summary>It is there from before, perhaps with what visitors did since; nothing changed.</summary>
    public sealed record AlreadyLoaded : Outcome;

    /// <summary>The database holds other data; nothing changed.</summary>
    public sealed record OtherData : Outcome;

    /// <summary>Loads it as it would stand now.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var now = clock.GetUtcNow().UtcDateTime;
        var minute = new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);
        if (await writes.RunAsync(StandingAsync, ct) is { } standing) return standing; // before the work, and once more below
        var (station, hash) = (DemoStation.At(minute), hasher.Hash(DemoPeople.Pin));
        var pictures = await DemoPictures.SaveAsync(folder, ct);
        Outcome? outcome = null;
        try
        {
            return outcome = await writes.RunAsync((db, token) => RunAsync(db, input, station, hash, pictures, (now, minute), token), ct);
        }
        finally
        {
            if (outcome is not Loaded) folder.Delete(pictures.Values.Select(p => p.FileName));
        }
    }

    /// <summary>True when the database holds the demo station.</summary>
    public static Task<bool> IsLoadedAsync(MarketDb db, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ChangeRecords.AnyAsync(c => c.Action == LoadedAction, ct);
    }

    private static async Task<Outcome?> StandingAsync(MarketDb db, CancellationToken ct)
    {
        if (await IsLoadedAsync(db, ct)) return new AlreadyLoaded();
        var other = await db.LedgerBooks.AnyAsync(ct) || await db.Areas.AnyAsync(ct) || await db.Goods.AnyAsync(ct) || await db.Sponsors.AnyAsync(ct);
        return other ? new OtherData() : null;
    }

    private async Task<Outcome> RunAsync(
        MarketDb db, Input input, DemoStation station, string hash, IReadOnlyDictionary<string, SavedPhoto> pictures, (DateTime Now, DateTime Minute) at, CancellationToken ct)
    {
        await AccountStamps.TakeTurnAsync(db);
        if (await StandingAsync(db, ct) is { } standing) return standing;
        var imported = await import.WriteAsync(db, new ImportFiles.Input { Sources = [], Actor = input.Actor }, new ImportProblems(), station.Files, keep: true, ct);
        if (imported.Refused) throw new InvalidOperationException($"The demo station breaks a rule: {imported.Problems[0]}");
        await GiveCardsAsync(db, station, hash, ct);
        await new DemoCounter(db, lots, input.Actor).RunAsync(station.Slips, ct);
        await new DemoGoods(db, lots, input.Actor, at.Minute).RunAsync(ct);
        await DemoSponsors.AddAsync(db, input.Actor, at.Now, ct);
        await new DemoRoster(db, input.Actor, at.Now).RunAsync(station.Duties, ct);
        await new DemoBoard(db, input.Actor, at.Minute).RunAsync(ct);
        await DemoNotices.AddAsync(db, at.Now, ct);
        await new DemoPayments(db, journal, new ReverseTransaction(journal, clock), input.Actor, at.Now).RunAsync(ct);
        await new DemoMonthEnd(db, journal, input.Actor, at.Now).RunAsync(ct);
        await new DemoAwards(db, at.Now).RunAsync(ct);
        await new DemoLoops(db, openLoop, stepLoop, at.Now, pictures).RunAsync(ct);
        await new DemoBooks(db, verifier, move, at.Now).RunAsync(ct);
        db.ChangeRecords.Add(new ChangeRecord { At = at.Now, Actor = input.Actor.Code, Action = LoadedAction, Subject = DemoPlaces.Station });
        await db.SaveChangesAsync(ct);
        return new Loaded(imported.New, station.Slips.Count);
    }

    private static async Task GiveCardsAsync(MarketDb db, DemoStation station, string hash, CancellationToken ct)
    {
        var shows = DemoPeople.All.ToDictionary(p => p.Code, p => p.Shows, StringComparer.Ordinal);
        foreach (var member in await db.Members.AsTracking().ToListAsync(ct))
        {
            member.CardNumber = station.Cards[member.Code];
            var show = shows.GetValueOrDefault(member.Code);
            member.PinHash = show == DemoPeople.Shows.NoPin ? null : hash;
            if (show == DemoPeople.Shows.LockedPin) (member.PinLocked, member.PinFailures) = (true, CheckPin.LockAfter);
        }
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
}

/// <summary>Writes slips as the kiosk and the counter do: a hold, and its end. See <see cref="RedeemAtKiosk"/> and <see cref="EndRedemption"/>.</summary>
internal sealed class DemoCounter(MarketDb db, LotBook lots, Actor actor)
{
    public async Task RunAsync(IReadOnlyList<DemoSlip> slips, CancellationToken ct)
    {
        var book = await db.LedgerBooks.Select(b => b.Id).SingleAsync(ct);
        var members = await db.Members.ToDictionaryAsync(m => m.Code, m => m.Id, ct);
        var outlets = await db.Outlets.ToDictionaryAsync(o => o.Code, o => o.Id, ct);
        var goods = await db.Goods.AsNoTracking().ToDictionaryAsync(g => g.Sku, ct);
        foreach (var slip in slips.OrderBy(s => s.At).ThenBy(s => s.Reference, StringComparer.Ordinal))
        {
            var redemption = new Redemption
            {
                Reference = slip.Reference, BasketKey = slip.BasketKey, MemberId = members[slip.Member], OutletId = outlets[slip.Outlet], State = slip.State,
                Points = slip.Points, PickupCode = slip.State == RedemptionState.Held ? slip.PickupCode : null, HappenedAt = slip.At, ExpiresAt = slip.At + Redemption.Waits,
                EndedAt = slip.EndedAt, EndedBy = slip.EndedAt is null ? null : actor.Code, Reason = slip.Reason, Satisfaction = slip.Satisfaction,
            };
            redemption.Lines.AddRange(slip.Lines.Select(l => new RedemptionLine { GoodsId = goods[l.Goods.Sku].Id, Quantity = l.Quantity, PointsEach = l.Goods.Points }));
            var things = slip.Lines.Select(l => (goods[l.Goods.Sku].Asset, l.Quantity)).ToList();
            redemption.HoldSequence = await PostAsync(Hold(slip, book, things), ct);
            if (slip.EndedAt is { } at) redemption.EndSequence = await PostAsync(End(slip, book, things, at, redemption.HoldSequence.Value), ct);
            db.Redemptions.Add(redemption);
        }
        await db.SaveChangesAsync(ct);
    }

    private async Task<long> PostAsync(TransactionRequest request, CancellationToken ct)
    {
        var posted = await lots.PostAsync(db, request, new LotTerms { AsOf = StationTime.Day(request.HappenedAt) }, ct);
        return posted.Outcome == PostOutcome.Posted ? posted.Sequence : throw new InvalidOperationException($"The demo station breaks a rule: {request.Key} {posted}");
    }

    private TransactionRequest Hold(DemoSlip slip, int book, List<(Asset Asset, int Quantity)> things) => new()
    {
        BookId = book, Key = $"basket:{slip.BasketKey:N}", Kind = TransactionKinds.Hold, Subject = slip.Reference, HappenedAt = slip.At, Actor = actor,
        Postings =
        [
            new Posting(AccountCode.Member(slip.Member), AccountCode.Held(slip.Reference), Asset.Points, slip.Points),
            .. things.Select(t => new Posting(AccountCode.Shelf(slip.Outlet), AccountCode.Reserved(slip.Reference), t.Asset, t.Quantity)),
        ],
    };

    private TransactionRequest End(DemoSlip slip, int book, List<(Asset Asset, int Quantity)> things, DateTime at, long hold)
    {
        var gone = slip.State == RedemptionState.HandedOver;
        var kind = gone ? TransactionKinds.HandOver : TransactionKinds.Release;
        return new TransactionRequest
        {
            BookId = book, Key = $"redemption:{slip.Reference}:{kind}", Kind = kind, Subject = slip.Reference, HappenedAt = at, Actor = actor, Reason = slip.Reason,
            Related = new RelatedTo(Relation.Ends, hold),
            Postings =
            [
                new Posting(AccountCode.Held(slip.Reference), gone ? AccountCode.Redeemed : AccountCode.Member(slip.Member), Asset.Points, slip.Points),
                .. things.Select(t => new Posting(AccountCode.Reserved(slip.Reference), gone ? AccountCode.HandedOut : AccountCode.Shelf(slip.Outlet), t.Asset, t.Quantity)),
            ],
        };
    }
}
