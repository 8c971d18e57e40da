using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Awards;

namespace PointsMarket.Killed;

/// <summary>Asks for the money of a decided award and issues its certificates, or goes on where that stopped: <c>PROVIDER CONNECTION award CYCLE:USER</c>.</summary>
internal static class Awarding
{
    public const string Word = "award";

    public static async Task RunAsync(IServiceProvider services, string what)
    {
        var numbers = what.Split(':').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
        var step = new AwardStep { CycleId = numbers[0], UserId = numbers[1], AreaPath = "STA/" };
        Victim.Say($"asked {await services.GetRequiredService<AskAwardMoney>().ExecuteAsync(step)}");
        Victim.Say($"issued {await services.GetRequiredService<IssueCertificates>().ExecuteAsync(new() { Step = step })}");
    }
}
