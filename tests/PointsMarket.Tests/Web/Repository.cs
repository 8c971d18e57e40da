using System.Runtime.CompilerServices;

namespace PointsMarket.Tests.Web;

/// <summary>The source tree these tests were built from, for the tests that read it.</summary>
internal static class Repository
{
    public static string Root => Path.GetFullPath(Path.Combine(Here(), "../../.."));

    public static string Web => Path.Combine(Root, "src", "PointsMarket.Web");

    /// <summary>The web project's own files of these kinds, without build output.</summary>
    public static IEnumerable<string> WebFiles(params string[] extensions) =>
        Directory.EnumerateFiles(Web, "*", SearchOption.AllDirectories)
            .Where(f => extensions.Contains(Path.GetExtension(f)))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
