using System.Diagnostics;
using System.Text.Json;
using PointsMarket.Tests.Web;

namespace PointsMarket.Tests.Kit;

/// <summary>
/// The T-SQL grammar of the ANTLR project in a process of its own. POINTSMARKET_TSQL names the folder that holds its
/// node_modules; scripts/test sets it. Skips the test where it is not set; in CI that is a failure.
/// </summary>
internal static class TSqlParser
{
    private const string Variable = "POINTSMARKET_TSQL";

    public sealed record Error(string Name, int Line, int Column, string Message);

    /// <summary>What it does not accept of the named texts.</summary>
    public static async Task<IReadOnlyList<Error>> ParseAsync(IReadOnlyDictionary<string, string> texts)
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(folder) && Environment.GetEnvironmentVariable("CI") is not null) Assert.Fail($"{Variable} is not set, and CI runs every test.");
        Skip.If(string.IsNullOrEmpty(folder), $"{Variable} is not set; ./scripts/test sets it.");

        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Repository.Root, "tests", "TSql", "parse.cjs"));
        start.Environment["NODE_PATH"] = Path.Combine(folder!, "node_modules");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(texts));
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return JsonSerializer.Deserialize<List<Error>>(await output, JsonSerializerOptions.Web)!;
    }
}
