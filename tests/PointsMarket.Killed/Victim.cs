using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Data;

namespace PointsMarket.Killed;

/// <summary>
/// Redeems at several kiosks at once until it is killed, and tells on standard output what it asked for and what it was
/// answered. The kill tests start it; by hand: <c>PROVIDER CONNECTION DEVICE:MEMBER [DEVICE:MEMBER …]</c>, then a line on standard
/// input; or it assesses a month (see <see cref="Assessing"/>) or gives an award (see <see cref="Awarding"/>). POINTSMARKET_KILL_AT=<c>WHEN|COUNT|STATEMENT</c> names the step at which it kills itself (see <see cref="KillPoint"/>).
/// Ends with 0 after POINTSMARKET_KILL_AFTER redemptions at each kiosk, with 9 where standard input closes.
/// </summary>
internal static class Victim
{
    private static async Task<int> Main(string[] arguments)
    {
        var storage = new MarketStorage { Provider = Enum.Parse<DatabaseProvider>(arguments[0]), ConnectionString = arguments[1], CheckpointPath = "unused" };
        KillPoint.Parse(Environment.GetEnvironmentVariable("POINTSMARKET_KILL_AT"))?.Arm(storage);
        var rounds = int.Parse(Environment.GetEnvironmentVariable("POINTSMARKET_KILL_AFTER") ?? "1000", CultureInfo.InvariantCulture);
        var standing = arguments is [_, _, Assessing.Word, var at] ? new Standing(at) : null;
        var collection = new ServiceCollection();
        if (standing is not null) collection.AddSingleton<TimeProvider>(standing);
        await using var services = collection.AddPointsMarket(_ => storage).BuildServiceProvider();
        await using (var db = services.GetRequiredService<MarketContexts>().Read()) _ = db.Model; // slow, and not yet what is looked at

        Say("ready");
        if (await Console.In.ReadLineAsync() is null) return 9;
        _ = Task.Run(async () =>
        {
            await Console.In.ReadLineAsync();
            Environment.Exit(9); // whoever started it is gone
        });
        if (standing is not null)
        {
            await Assessing.RunAsync(services, standing);
            return 0;
        }

        if (arguments is [_, _, Awarding.Word, var award])
        {
            await Awarding.RunAsync(services, award);
            return 0;
        }

        await Task.WhenAll(arguments.Skip(2).Select(a => a.Split(':').Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToList()).Select(a =>
            Task.Run(() => new Redeeming(services, a[0], a[1]).RunAsync(rounds))));
        return 0;
    }

    /// <summary>One line, on its way to whoever listens before this returns.</summary>
    public static void Say(string line)
    {
        lock (typeof(Victim))
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
