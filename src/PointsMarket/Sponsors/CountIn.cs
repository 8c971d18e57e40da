using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Sponsors;

/// <summary>
/// A delivery is counted in: <c>sponsor:{code}</c> or <c>purchase</c> → <c>shelf:{outlet}</c>. The reference is the idempotency
/// key: the same delivery sent twice is counted once.
/// </summary>
public sealed class CountIn(MarketWrites writes, Journal journal, TimeProvider clock)
{
    /// <summary>The most pieces of one delivery; more is a slip of the finger.</summary>
    public const int MostPieces = 100_000;

    /// <summary>What came.</summary>
    public sealed record Input
    {
        /// <summary>The number on the delivery note, or one made by the form; as <see cref="LedgerNames"/> allows.</summary>
        public required string Reference { get; init; }

        /// <summary>The station day it came; not after today.</summary>
        public required DateOnly Date { get; init; }

        /// <summary>Who gave it; null when it was bought.</summary>
        public required int? SponsorId { get; init; }

        /// <summary>Where it lies.</summary>
        public required int OutletId { get; init; }

        /// <summary>The article.</summary>
        public required int GoodsId { get; init; }

        /// <summary>Pieces, 1 to <see cref="MostPieces"/>.</summary>
        public required int Quantity { get; init; }

        /// <summary>The day it expires, after <see cref="Date"/>; null when it does not.</summary>
        public DateOnly? Expires { get; init; }

        /// <summary>Who counted.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Counted in, now or from before.</summary>
        Counted,

        /// <summary>Another delivery has this reference.</summary>
        ReferenceTaken,

        /// <summary>Not a reference that can stand in the ledger.</summary>
        ReferenceNotValid,

        /// <summary>Less than 1 piece, or too many.</summary>
        NotACount,

        /// <summary>The day is still to come.</summary>
        DateNotYet,

        /// <summary>The day lies in a month that is closed.</summary>
        MonthClosed,

        /// <summary>It would have expired when it came.</summary>
        ExpiredAlready,

        /// <summary>There is no such outlet in the actor's area.</summary>
        NoSuchOutlet,

        /// <summary>There is no such article.</summary>
        NoSuchGoods,

        /// <summary>There is no such sponsor.</summary>
        NoSuchSponsor,
    }

    /// <summary>Counts it in.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var wrong =
            !LedgerNames.IsValid(input.Reference) ? Outcome.ReferenceNotValid
            : input.Quantity is < 1 or > MostPieces ? Outcome.NotACount
            : input.Date > StationTime.Day(clock.GetUtcNow().UtcDateTime) ? Outcome.DateNotYet
            : input.Expires <= input.Date ? Outcome.ExpiredAlready
            : Outcome.Counted;
        return wrong == Outcome.Counted ? writes.RunAsync(db => RunAsync(db, input), ct) : Task.FromResult(wrong);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        var outlet = await db.Outlets.Where(o => o.Id == input.OutletId && o.Area.Path.StartsWith(input.AreaPath)).Select(o => new { o.Code, o.Area.BookId }).SingleOrDefaultAsync();
        if (outlet is null) return Outcome.NoSuchOutlet;
        var goods = await db.Goods.SingleOrDefaultAsync(g => g.Id == input.GoodsId);
        if (goods is null) return Outcome.NoSuchGoods;
        var source = AccountCode.Purchase;
        if (input.SponsorId is { } id)
        {
            var sponsor = await db.Sponsors.Where(s => s.Id == id).Select(s => s.Code).SingleOrDefaultAsync();
            if (sponsor is null) return Outcome.NoSuchSponsor;
            source = AccountCode.Sponsor(sponsor);
        }

        var posted = await journal.PostAsync(db, new TransactionRequest
        {
            BookId = outlet.BookId, Key = $"delivery:{input.Reference}", Kind = TransactionKinds.Delivery, Subject = input.Reference,
            HappenedAt = StationTime.StartOf(input.Date), Actor = input.Actor,
            Postings = [new Posting(source, AccountCode.Shelf(outlet.Code), goods.Asset, input.Quantity)],
        });
        if (posted.Outcome == PostOutcome.Replayed) return Outcome.Counted;
        if (posted.Outcome == PostOutcome.PeriodClosed) return Outcome.MonthClosed;
        // The reference is unique over all stations, so another station's book may have it too.
        if (posted.Outcome != PostOutcome.Posted) return Outcome.ReferenceTaken;
        if (await db.Deliveries.AnyAsync(d => d.Reference == input.Reference)) return db.RollBack(Outcome.ReferenceTaken);
        db.Deliveries.Add(new Delivery
        {
            Reference = input.Reference, Date = input.Date, SponsorId = input.SponsorId, OutletId = input.OutletId, GoodsId = goods.Id,
            Quantity = input.Quantity, Expires = input.Expires,
        });
        db.Note(clock.GetUtcNow().UtcDateTime, input.Actor, "delivery.counted-in", input.Reference, $"{goods.Sku} {input.Quantity} → {outlet.Code}");
        await db.SaveChangesAsync();
        return Outcome.Counted;
    }
}
