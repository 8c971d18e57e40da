using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sponsors;
using PointsMarket.Stock;
using PointsMarket.Tests.Kit;
using Xunit.Abstractions;

namespace PointsMarket.Tests.Stock;

/// <summary>
/// Whatever is done with goods and cards, in whatever order, the books say what somebody would who wrote it all down on paper
/// (<see cref="StockModel"/>), every card is where the paper has it, and the lots are the books. Repeat a run with POINTSMARKET_TEST_SEED.
/// </summary>
public sealed class StockModelTests(ITestOutputHelper output)
{
    private static readonly string[] Skus = ["RICE5", "SOAP", Card];

    private const string Card = "CARD50";

    private enum Do { Bring, TakeBack, Send, Arrive, Recall, Answer, Take, HandOver, Cancel, Return, Report, Sheet, Sign, WriteOff, Stop, Find, Wait }
    private sealed record Step(Do What, int A, int B);

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    private static Arbitrary<Step[]> Programs => Gen.ArrayOf(
        from what in Gen.Elements(Enum.GetValues<Do>())
        from a in Gen.Choose(0, 1000)
        from b in Gen.Choose(0, 1000)
        select new Step(what, a, b), 60).ToArbitrary();

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Goods_WhateverIsDone_AreWhereThePaperHasThem(DatabaseProvider provider)
    {
        await using (await TestMarket.StartAsync(provider)) { } // skipped where there is none
        var seed = Environment.GetEnvironmentVariable("POINTSMARKET_TEST_SEED") is { Length: > 0 } given ? ulong.Parse(given) : (ulong)Random.Shared.NextInt64();
        output.WriteLine($"POINTSMARKET_TEST_SEED={seed}");
        var config = Config.QuickThrowOnFailure.WithMaxTest(provider == DatabaseProvider.Sqlite ? 20 : 5).WithReplay(seed, 0x9E3779B97F4A7C15);
        Check.One(config, Prop.ForAll(Programs, program => RunAsync(provider, program).GetAwaiter().GetResult()));
    }

    private static async Task RunAsync(DatabaseProvider provider, Step[] program)
    {
        var house = await GoodsHouse.OpenAsync(provider);
        await using var market = house.Market;
        await house.House.EarnAsync("G0001", 1_000_000);
        await market.Get<EnterCards>().ExecuteAsync(new() { OutletId = house.First, GoodsId = house.Goods[Card], Serials = CardSerials.Range("A0001", 5)!, Actor = Actor.User(1), AreaPath = GoodsHouse.Station });
        var run = new Run(house);
        foreach (var step in program) await run.DoAsync(step);
        await run.Paper.CheckAsync(house);
        await house.AssertProvedAsync();
    }

    private sealed class Run
    {
        private readonly GoodsHouse house;
        private int serials;

        public Run(GoodsHouse house)
        {
            this.house = house;
            foreach (var (sku, count) in new[] { ("RICE5", 10), ("SOAP", 1), (Card, 5) }) Paper.Put(StockModel.In, "O1", sku, count);
            Paper.PutCards(CardSerials.Range("A0001", 5)!, "O1");
        }

        public StockModel Paper { get; } = new();

        private TestMarket Market => house.Market;

        public Task DoAsync(Step s)
        {
            var (sku, here, there) = (Skus[s.A % 3], s.B % 2 == 0 ? "O1" : "O2", s.B % 2 == 0 ? "O2" : "O1");
            return s.What switch
            {
                Do.Bring => BringAsync(here, sku, s),
                Do.TakeBack => TakeBackAsync(s),
                Do.Send => SendAsync(here, there, sku, s.A % 5 + 1),
                Do.Arrive => ArriveAsync(s),
                Do.Recall => RecallAsync(s),
                Do.Answer => AnswerAsync(s),
                Do.Take => TakeAsync(sku, s.B % 3 + 1),
                Do.HandOver => EndAsync(RedemptionState.HandedOver, RedemptionState.Held, s),
                Do.Cancel => EndAsync(RedemptionState.Cancelled, RedemptionState.Held, s),
                Do.Return => EndAsync(RedemptionState.Returned, RedemptionState.HandedOver, s),
                Do.Report => ReportAsync(here, Skus[s.A % 2], s.A % 12),
                Do.Sheet => SheetAsync(here, s),
                Do.Sign => SignAsync(s),
                Do.WriteOff => WriteOffAsync(here, s),
                Do.Stop => StopAsync(s),
                Do.Find => FindAsync(s),
                _ => WaitAsync(s),
            };
        }

        private int Id(string outlet) => outlet == "O1" ? house.First : house.Second;

        private static T? Pick<T>(IEnumerable<T> of, int by) => of.ToList() is { Count: > 0 } all ? all[by % all.Count] : default;

        private async Task BringAsync(string outlet, string sku, Step s)
        {
            var count = s.A % 6 + 1;
            List<string> cards = sku == Card ? [.. Enumerable.Range(0, count).Select(_ => $"C{++serials:0000}")] : [];
            Assert.IsType<CountIn.Counted>(await house.BringAsync(Id(outlet), sku, count, sku == Card || s.B % 3 == 0 ? null : s.B % 20 + 1, refused: s.A % 2, cards));
            Paper.Put(StockModel.In, outlet, sku, count);
            Paper.PutCards(cards, outlet);
            Paper.Deliveries[house.LastDelivery] = new(outlet, sku, count, cards);
        }

        private async Task TakeBackAsync(Step s)
        {
            if (Pick(Paper.Deliveries.Keys.Order(StringComparer.Ordinal), s.A) is not { } reference) return;
            var d = Paper.Deliveries[reference];
            var sequence = (await Market.ReadAsync(db => db.SequenceOfAsync(house.House.BookId, $"delivery:{reference}")))!.Value;
            var asked = await Market.Get<TakeBackDelivery>().AskAsync(new() { BookId = house.House.BookId, Sequence = sequence, Reason = "数错了", Actor = Actor.User(3), AreaPath = GoodsHouse.Station });
            if (asked is TakeBackDelivery.GoneAlready) return;
            Assert.IsType<TakeBackDelivery.Waits>(asked);
            Assert.Equal(SignatureOutcome.Done, await Market.AnswerAsync(reference, 4));
            Assert.All(d.Cards, c => Assert.Equal(d.Outlet, Paper.Cards[c]));
            Paper.Put(d.Outlet, StockModel.In, d.Sku, d.Pieces);
            foreach (var card in d.Cards) Paper.Cards.Remove(card);
            Paper.Deliveries.Remove(reference);
        }

        private async Task SendAsync(string from, string to, string sku, int count)
        {
            var cards = sku == Card ? Paper.CardsAt(from).Take(count).ToList() : [];
            if (sku == Card && cards.Count < count) return;
            var outcome = await house.SendAsync(Id(from), Id(to), sku, count, cards);
            if (outcome is not SendStock.Sent sent)
            {
                Assert.True(sku != Card || Paper.At(from, Card) < count, $"{outcome}"); // cards do not expire: only those set aside are missing
                return;
            }
            Paper.Put(from, StockModel.Way, sku, count);
            Paper.PutCards(cards, StockModel.Way);
            Paper.Moves[sent.MoveId] = new(from, to, sku, count, cards);
        }

        private async Task ArriveAsync(Step s)
        {
            if (Pick(Paper.Moves.Keys.Order().Select(k => (int?)k), s.A) is not { } id) return;
            var move = Paper.Moves[id];
            var count = s.B % (move.Sent + 1);
            var came = move.Cards.Take(count).ToList();
            var outcome = move.Cards.Count > 0 ? await house.ReceiveCardsAsync(id, count, [.. came]) : await house.EndMoveAsync(id, count);
            Assert.Equal(count < move.Sent ? EndMove.Outcome.WaitsForSecond : EndMove.Outcome.Done, outcome);
            Paper.Put(StockModel.Way, move.To, move.Sku, count);
            Paper.PutCards(came, move.To);
            Paper.Moves.Remove(id);
            if (count == move.Sent) return;
            Paper.Waits[await Market.ReadAsync(db => db.StockMoves.Where(m => m.Id == id).Select(m => m.Reference).SingleAsync())] = signed =>
            {
                Paper.Put(StockModel.Way, signed ? StockModel.Gone : move.To, move.Sku, move.Sent - count);
                Paper.PutCards(move.Cards.Except(came), signed ? $"lost:{move.From}" : move.To);
            };
        }

        private async Task RecallAsync(Step s)
        {
            if (Pick(Paper.Moves.Keys.Order().Select(k => (int?)k), s.A) is not { } id) return;
            Assert.Equal(EndMove.Outcome.Done, await house.EndMoveAsync(id, null));
            Paper.Put(StockModel.Way, Paper.Moves[id].From, Paper.Moves[id].Sku, Paper.Moves[id].Sent);
            Paper.PutCards(Paper.Moves[id].Cards, Paper.Moves[id].From);
            Paper.Moves.Remove(id);
        }

        private async Task AnswerAsync(Step s)
        {
            if (Pick(Paper.Waits.Keys.Order(StringComparer.Ordinal), s.A) is not { } subject) return;
            Assert.Equal(SignatureOutcome.SamePerson, await Market.AnswerAsync(subject, 8, s.B % 2 == 0)); // who asked
            Assert.Equal(SignatureOutcome.Done, await Market.AnswerAsync(subject, 9, s.B % 2 == 0));
            Paper.Waits[subject](s.B % 2 == 0);
            Paper.Waits.Remove(subject);
        }

        private async Task TakeAsync(string sku, int count)
        {
            if (await house.TakeAsync([.. Enumerable.Repeat(sku, count)]) is not RedeemAtKiosk.Redeemed slip) return;
            var lines = await Market.ReadAsync(db => db.Redemptions.Where(r => r.Id == slip.RedemptionId).SelectMany(r => r.Lines).Select(l => new { l.Goods.Sku, l.Quantity }).ToListAsync());
            Assert.True(lines.Single().Quantity <= count);
            Paper.Put("O1", StockModel.Aside, sku, lines.Single().Quantity);
            Paper.Slips[slip.RedemptionId] = [(sku, lines.Single().Quantity)];
        }

        private async Task EndAsync(RedemptionState to, RedemptionState from, Step s)
        {
            var open = from == RedemptionState.Held ? Paper.Slips.Keys.Where(k => !Paper.SlipCards.ContainsKey(k)) : Paper.SlipCards.Keys;
            if (Pick(open.Order().Select(k => (int?)k), s.A) is not { } id) return;
            var (sku, count) = Paper.Slips[id].Single();
            List<string> cards = to == RedemptionState.HandedOver && sku == Card ? [.. Paper.CardsAt("O1").Take(count)] : [];
            var outcome = await Market.Get<EndRedemption>().ExecuteAsync(new()
            {
                RedemptionId = id, To = to, Actor = Actor.User(1), AreaPath = GoodsHouse.Station, Reason = "拿错了", Cards = [new ScannedCards(house.Goods[Card], cards)],
            });
            if (outcome is EndRedemption.Outcome.TooLate or EndRedemption.Outcome.GoodsExpired) return;
            Assert.Equal(EndRedemption.Outcome.Done, outcome);
            Paper.Put(from == RedemptionState.Held ? StockModel.Aside : StockModel.Out, to == RedemptionState.HandedOver ? StockModel.Out : "O1", sku, count);
            if (to == RedemptionState.HandedOver) Paper.SlipCards[id] = cards;
            Paper.PutCards(to == RedemptionState.HandedOver ? cards : from == RedemptionState.Held ? [] : Paper.SlipCards[id], to == RedemptionState.HandedOver ? StockModel.Out : "O1");
            if (to == RedemptionState.HandedOver) return;
            Paper.Slips.Remove(id);
            Paper.SlipCards.Remove(id);
        }

        private async Task ReportAsync(string outlet, string sku, int counted)
        {
            if (await house.ReportAsync(Id(outlet), sku, counted) is ReportDifference.Waits waits) Paper.Differences[waits.StocktakeId] = new(outlet, sku, counted - Paper.At(outlet, sku));
        }

        private async Task WriteOffAsync(string outlet, Step s)
        {
            var expired = await Market.ReadAsync(db => Market.Get<StockOutlook>().ExpiringAsync(db, GoodsHouse.Station, Id(outlet), 0));
            if (Pick(expired, s.A) is { } lot && await house.WriteOffAsync(Id(outlet), lot.LotId) is ReportDifference.Waits waits) Paper.Differences[waits.StocktakeId] = new(outlet, lot.Goods.Sku, -lot.Quantity);
        }

        private async Task SignAsync(Step s)
        {
            if (Pick(Paper.Differences.Keys.Order().Select(k => (int?)k), s.A) is not { } id) return;
            var outcome = await house.SignAsync(id, user: 2);
            if (outcome == StocktakeOutcome.Done) Settle(Paper.Differences[id]);
            else
            {
                Assert.Equal(StocktakeOutcome.ShelfMoved, outcome); // given up then, as people would
                Assert.Equal(StocktakeOutcome.Done, await Market.Get<StocktakeCounts>().WithdrawAsync(GoodsHouse.By(id)));
            }
            Paper.Differences.Remove(id);
        }

        private void Settle(StockModel.Difference d) => Paper.Put(d.Pieces < 0 ? d.Outlet : StockModel.Gone, d.Pieces < 0 ? StockModel.Gone : d.Outlet, d.Sku, Math.Abs(d.Pieces));

        /// <summary>A whole shelf is counted from the paper, one article otherwise, and sometimes one card is not there.</summary>
        private async Task SheetAsync(string outlet, Step s)
        {
            if (await Market.Get<OpenStocktake>().ExecuteAsync(new() { Key = Guid.NewGuid(), OutletId = Id(outlet), Actor = Actor.User(1), AreaPath = GoodsHouse.Station }) is not OpenStocktake.Opened { StocktakeId: var id }) return;
            var at = await Market.ReadAsync(db => db.StocktakeLines.Where(l => l.StocktakeId == id).Select(l => new { l.Goods.Sku, l.Position }).ToDictionaryAsync(l => l.Sku, l => l.Position));
            var off = new StockModel.Difference(outlet, Skus[s.A % 2], Math.Max(-Paper.At(outlet, Skus[s.A % 2]), s.A % 5 - 2));
            var lost = s.B % 3 == 0 && Paper.At(outlet, Card) > 0 ? Paper.CardsAt(outlet)[0] : null;
            var counts = at.Keys.Where(sku => sku != Card).ToDictionary(sku => at[sku], sku => (int)(Paper.At(outlet, sku) + (sku == off.Sku ? off.Pieces : 0)));
            var scans = at.Where(l => l.Key == Card).ToDictionary(l => l.Value, _ => new StocktakeCounts.Scan(Paper.CardsAt(outlet).Where(c => c != lost).ToList(), StartOver: true));
            var counting = Market.Get<StocktakeCounts>();
            for (var round = 0; round < 2; round++)
            {
                Assert.Equal(StocktakeOutcome.Done, await counting.PutDownAsync(GoodsHouse.By(id), counts, scans));
                Assert.Equal(StocktakeOutcome.Done, await counting.FinishAsync(GoodsHouse.By(id)));
                if (await Market.ReadAsync(db => db.Stocktakes.Where(t => t.Id == id).Select(t => t.State).SingleAsync()) == StocktakeState.Signing) break;
            }
            Assert.Equal(StocktakeOutcome.Done, await house.SignAsync(id, 1, "点过了"));
            Assert.Equal(StocktakeOutcome.Done, await house.SignAsync(id, 2));
            if (at.ContainsKey(off.Sku)) Settle(off);
            if (lost is null || !at.ContainsKey(Card)) return;
            Settle(new(outlet, Card, -1));
            Paper.PutCards([lost], $"lost:{outlet}");
        }

        private async Task StopAsync(Step s)
        {
            if (Pick(Paper.Cards.Where(c => c.Value is "O1" or "O2").Select(c => c.Key), s.A) is not { } serial) return;
            var (outlet, id) = (Paper.Cards[serial], await IdAsync(serial));
            if (Paper.Waits.ContainsKey($"{id}")) return;
            var outcome = await MarkAsync(id, s.B % 2 == 0 ? MarkCard.Mark.Lost : MarkCard.Mark.Blocked);
            Assert.Equal(Paper.At(outlet, Card) > 0 ? MarkCard.Outcome.WaitsForSecond : MarkCard.Outcome.AllSetAside, outcome);
            if (outcome != MarkCard.Outcome.WaitsForSecond) return;
            Paper.Put(outlet, StockModel.Aside, Card, 1);
            Paper.PutCards([serial], $"stopped:{outlet}");
            Paper.Waits[$"{id}"] = signed =>
            {
                Paper.Put(StockModel.Aside, signed ? StockModel.Gone : outlet, Card, 1);
                Paper.PutCards([serial], signed ? $"lost:{outlet}" : outlet);
            };
        }

        private async Task FindAsync(Step s)
        {
            if (Pick(Paper.Cards.Where(c => c.Value.StartsWith("lost:", StringComparison.Ordinal)).Select(c => c.Key), s.A) is not { } serial) return;
            var (outlet, id) = (Paper.Cards[serial]["lost:".Length..], await IdAsync(serial));
            Assert.Equal(MarkCard.Outcome.WaitsForSecond, await MarkAsync(id, MarkCard.Mark.Restored));
            Paper.Waits[$"{id}"] = signed =>
            {
                if (!signed) return;
                Paper.Put(StockModel.Gone, outlet, Card, 1);
                Paper.PutCards([serial], outlet);
            };
        }

        private Task<int> IdAsync(string serial) => Market.ReadAsync(db => db.SupermarketCards.Where(c => c.Serial == serial).Select(c => c.Id).SingleAsync());

        private Task<MarkCard.Outcome> MarkAsync(int card, MarkCard.Mark to) =>
            Market.Get<MarkCard>().ExecuteAsync(new() { CardId = card, To = to, Reason = "查找中", Actor = Actor.User(8), AreaPath = GoodsHouse.Station });

        private Task WaitAsync(Step s)
        {
            Market.Clock.Advance(TimeSpan.FromHours(s.A % 60));
            return Task.CompletedTask;
        }
    }
}
