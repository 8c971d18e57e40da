using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Options;

namespace PointsMarket.Web.Documents;

/// <summary>
/// Prints a page to PDF with the browser of the machine (DESIGN 9). The page comes whole, with everything it needs inside, and
/// lies in a folder of its own that is gone afterwards; the browser reads that one file, reaches no network, runs no script and
/// ends with the document. What people typed must stand in the page encoded, as Razor does.
/// </summary>
public sealed class PrintPdf(MachineBrowser browser, IOptions<DocumentSettings> options, ILogger<PrintPdf> log) : IDisposable
{
    private static readonly string[] Closed =
    [
        "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-default-apps", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", "--disable-quic", "--disable-dev-shm-usage", "--no-pings", "--font-render-hinting=none",
        // No name is resolved, and what needs none goes to a port where nobody listens.
        "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>",
    ];

    private readonly SemaphoreSlim turns = new(options.Value.AtOnce);

    /// <summary>True when this machine can print.</summary>
    public bool IsPossible => browser.Path is not null;

    /// <summary>The document; null when there is no browser, when it took too long, or when it failed (the log says why).</summary>
    public async Task<byte[]?> ExecuteAsync(string html, CancellationToken ct = default)
    {
        if (browser.Path is not { } program) return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(options.Value.SecondsAtMost));
        var waited = false;
        DirectoryInfo? folder = null;
        try
        {
            await turns.WaitAsync(limit.Token);
            waited = true;
            folder = Directory.CreateTempSubdirectory("pointsmarket-print-"); // for this user alone
            var (page, pdf) = (Path.Combine(folder.FullName, "page.html"), Path.Combine(folder.FullName, "page.pdf"));
            await File.WriteAllTextAsync(page, html, new UTF8Encoding(false), limit.Token);
            var said = await RunAsync(Start(program, folder.FullName, page, pdf), limit.Token);
            if (File.Exists(pdf)) return await File.ReadAllBytesAsync(pdf, limit.Token);
            log.LogError("The browser printed nothing: {Said}", said);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            log.LogError("A document was given up after {Seconds} s.", options.Value.SecondsAtMost);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            log.LogError(e, "The browser {Browser} cannot be started.", program);
        }
        finally
        {
            if (waited) turns.Release();
            if (folder is not null) await DeleteAsync(folder);
        }

        return null;
    }

    public void Dispose() => turns.Dispose();

    private static ProcessStartInfo Start(string program, string folder, string page, string pdf)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = folder };
        foreach (var flag in Closed) start.ArgumentList.Add(flag);
        // Chromium refuses to start as root with its sandbox. Only then is it left out; the page has no script and nothing unencoded.
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess) start.ArgumentList.Add("--no-sandbox");
        start.ArgumentList.Add($"--user-data-dir={Path.Combine(folder, "profile")}");
        start.ArgumentList.Add("--no-pdf-header-footer");
        start.ArgumentList.Add($"--print-to-pdf={pdf}");
        start.ArgumentList.Add(new Uri(page).AbsoluteUri);
        if (OperatingSystem.IsWindows()) return start;
        // Nothing of the server's environment: connection strings may stand in it.
        var path = Environment.GetEnvironmentVariable("PATH");
        start.Environment.Clear();
        (start.Environment["PATH"], start.Environment["HOME"], start.Environment["TMPDIR"], start.Environment["LANG"]) = (path, folder, folder, "C.UTF-8");
        return start;
    }

    /// <summary>Runs it to its end and gives the last of what it said. Ends it, children and all, when time is up.</summary>
    private static async Task<string> RunAsync(ProcessStartInfo start, CancellationToken ct)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        try
        {
            var (errors, output) = (process.StandardError.ReadToEndAsync(ct), process.StandardOutput.ReadToEndAsync(ct));
            await process.WaitForExitAsync(ct);
            var said = await errors + await output;
            return said.Length > 500 ? said[^500..] : said;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private async Task DeleteAsync(DirectoryInfo folder)
    {
        // A child of the browser may still be writing its profile for a moment.
        for (var again = 0; again < 5; again++)
        {
            try
            {
                folder.Delete(recursive: true);
                return;
            }
            catch (IOException e) when (again == 4)
            {
                log.LogWarning(e, "{Folder} could not be deleted.", folder.FullName);
            }
            catch (IOException)
            {
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }
}
