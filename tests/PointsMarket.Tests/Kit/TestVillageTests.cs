using PointsMarket.Ledger;

namespace PointsMarket.Tests.Kit;

public sealed class TestVillageTests
{
    [Fact]
    public async Task Village_Built_HasWhatItSaysAndVerifies()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestVillage.BuildAsync(market.Services);
        await station.ReportAsync(TestVillage.Zhang, "patrol", 5);

        Assert.Equal(505, await station.PointsOfAsync(TestVillage.Zhang));
        Assert.Equal(12, await station.OnShelfAsync("RICE5"));
        Assert.Equal(0, await station.OnShelfAsync("TOWEL"));
        Assert.NotEmpty((await station.PairAsync()).Token);
        await using var db = market.Contexts.Read();
        Assert.All(await market.Get<LedgerVerifier>().VerifyAsync(db), r => Assert.Empty(r.Findings));
    }
}
