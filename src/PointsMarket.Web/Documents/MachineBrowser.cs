using Microsoft.Extensions.Options;

namespace PointsMarket.Web.Documents;

/// <summary>The browser on this machine that prints documents, if there is one.</summary>
public sealed class MachineBrowser
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable", "chrome"];

    private static readonly string[] Folders = ["/usr/bin", "/usr/local/bin", "/snap/bin", "/usr/lib/chromium", "/opt/google/chrome", "/opt/microsoft/msedge"];

    private static readonly string[] Bundles =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ];

    public MachineBrowser(IOptions<DocumentSettings> options, ILogger<MachineBrowser> log)
    {
        var asked = options.Value.Browser;
        if (asked == DocumentSettings.NoBrowser) return;
        if (asked.Length > 0)
        {
            Path = File.Exists(asked) ? asked : null;
            if (Path is null) log.LogWarning("Documents:Browser names {Browser}, which is not there: documents are printed from each user's own browser.", asked);
            return;
        }

        Path = Usual().FirstOrDefault(File.Exists);
    }

    /// <summary>The program; null when documents are printed from the user's own browser.</summary>
    public string? Path { get; }

    private static IEnumerable<string> Usual()
    {
        if (!OperatingSystem.IsWindows()) return Folders.SelectMany(f => Names.Select(n => System.IO.Path.Combine(f, n))).Concat(Bundles);
        Environment.SpecialFolder[] roots = [Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData];
        return
            from root in roots
            from program in (string[])[@"Google\Chrome\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe", @"Chromium\Application\chrome.exe"]
            select System.IO.Path.Combine(Environment.GetFolderPath(root), program);
    }
}
