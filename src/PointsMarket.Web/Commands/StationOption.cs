using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;

namespace PointsMarket.Web.Commands;

/// <summary>The option <c>--station=CODE</c>, needed only where there is more than one.</summary>
internal static class StationOption
{
    public const string Name = "--station=";

    /// <summary>The path of the station's area; null after saying on the error output why there is none.</summary>
    public static async Task<string?> PathAsync(CommandRun run, CancellationToken ct)
    {
        var asked = run.Value(Name.TrimEnd('='));
        var found = await run.Services.GetRequiredService<MarketDb>().Areas
            .Where(a => a.Kind == AreaKind.Station && (asked == null || a.Code == asked)).OrderBy(a => a.Code).Select(a => a.Path).Take(2).ToListAsync(ct);
        if (found is [var path]) return path;
        await run.Error.WriteLineAsync(run.T[found.Count == 0 ? "Command.Station.None" : "Command.Station.Several", Name.TrimEnd('=')]);
        return null;
    }
}
