using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PointsMarket.Accounts;
using PointsMarket.Backups;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;
using PointsMarket.Tips;

namespace PointsMarket.Tests.Web.Tips;

/// <summary>
/// Marks that occur nowhere else are sent through a tip and an informant's name, and then looked for in everything that is kept or
/// shown: the database's bytes, every log line at the most talkative level, files, exports, and every page for every role.
/// </summary>
public sealed class CanaryTests
{
    private const string Text = "金丝雀甲在河堤东头", Place = "金丝雀乙砖房", More = "金丝雀丙晚上十点", Answer = "金丝雀丁几点开始", Agent = "CanaryPhone/77.31", Address = "203.0.113.77";
    private const string Added = "欧阳金丝雀", Edited = "金丝雀桂兰", Imported = "司马金丝雀", Before = "孙不言", Pin = "849302";

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Marks_OfTipsAndSealedNames_AreFoundNowhere(DatabaseProvider provider)
    {
        var started = DateTime.UtcNow;
        await using var site = await SiteHost.StartAsync(provider,
            ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"), ("Logging:LogLevel:Microsoft.EntityFrameworkCore", "Trace"),
            ("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"), ("Logging:Console:LogLevel:Default", "None"));
        using var log = new Log();
        site.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        var village = await TestVillage.BuildAsync(site.Services);
        await site.Services.GetRequiredService<SealInformants>().ExecuteAsync();
        await SealNamesAsync(site, village);
        var (code, vouchers, reference) = await TipAsync(site);
        string[] marks =
        [
            Text, Place, More, Answer, Agent, Address, Added, Edited, Imported, Before, Pin, Pictures.Place, code, code.Replace("-", ""), .. vouchers, .. vouchers.Select(v => v.Replace(" ", "")),
        ];

        var pages = await PagesAsync(site, reference, [.. marks, reference]);
        // That the looking finds what is there: the tip's number is on the desk's pages, in the database and in the log's addresses.
        Assert.True(pages.RemoveAll(p => p.EndsWith(reference, StringComparison.Ordinal)) > 0);
        await site.Services.GetRequiredService<CheckpointFile>().AppendHeadsAsync(site.Services.GetRequiredService<MarketContexts>().Read(), DateTime.UtcNow);
        var found = new List<string>(pages);
        foreach (var mark in marks)
        {
            if (log.Lines.FirstOrDefault(l => Has(l, mark)) is { } line) found.Add($"log: {mark}: {line}");
            found.AddRange((await InDatabaseAsync(site.Storage, mark)).Select(where => $"{where}: {mark}"));
        }
        found.AddRange((await InDatabaseAsync(site.Storage, "金丝雀照片", Drawn)).Select(where => $"{where}: the photo"));
        found.AddRange(await InBackupAsync(site, marks));
        found.AddRange(InFiles(site.Storage, started, marks));
        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.NotEmpty(await InDatabaseAsync(site.Storage, reference));
        Assert.Contains(log.Lines, l => l.Contains($"/desk/tips/{reference}", StringComparison.Ordinal));
    }

    private static async Task SealNamesAsync(SiteHost site, TestVillage village)
    {
        using var admin = await site.SignInAsync(Roles.Administrator);
        var grid = await site.ReadAsync(db => db.Areas.Where(a => a.Code == "V1G01").Select(a => a.Id).SingleAsync());
        await admin.GetAsync("/desk/members/add");
        await admin.PostAsync(("Input.Code", "X0009"), ("Input.Name", Added), ("Input.Kind", "Informant"), ("Input.AreaId", $"{grid}"));
        Assert.Equal(HttpStatusCode.OK, admin.Status);
        var id = await village.MemberIdAsync(TestVillage.Zhang);
        await admin.GetAsync($"/desk/members/{id}/edit");
        await admin.PostAsync(("Input.Name", Edited), ("Input.Kind", "Informant"));
        await admin.GetAsync("/admin/import");
        var form = new MultipartFormDataContent { { new StringContent(admin.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" } };
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes($"code,name,kind,area,joined,left\nX0010,{Imported},Informant,V1,2025-01-01,\nX0009,={Imported},Informant,V1,2025-01-01,\n")), "Input.Files", "members.csv");
        await admin.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/admin/import") { Content = form });
        Assert.DoesNotContain(Imported, admin.Body);
        Assert.Contains("***", admin.Body);
        var source = new PointsMarket.Import.ImportSource("members.csv", () => new MemoryStream(Encoding.UTF8.GetBytes($"code,name,kind,area,joined,left\nX0010,{Imported},Informant,V1,2025-01-01,\n")));
        Assert.False((await site.Services.GetRequiredService<PointsMarket.Import.ImportFiles>().ExecuteAsync(new() { Sources = [source], Actor = Actor.System("import") })).Refused);
        Assert.Equal(4, await site.ReadAsync(db => db.SealedIdentities.CountAsync()));
    }

    private static async Task<(string Code, string[] Vouchers, string Reference)> TipAsync(SiteHost site)
    {
        using var tipper = site.Visitor();
        tipper.Http.DefaultRequestHeaders.Add("User-Agent", Agent);
        tipper.Http.DefaultRequestHeaders.Add("X-Forwarded-For", Address);
        await tipper.GetAsync("/tip");
        await tipper.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/tip") { Content = TipForm(tipper) });
        var code = tipper.Page.QuerySelector("[data-code]")!.TextContent;
        foreach (var content in (HttpContent[])
                 [
                     new FormUrlEncodedContent([new("Input.Text", Text), new("Input.Pin", Pin), new("Input.Code", code)]), // without the form's token
                     new StringContent($"Input.Text={new string('x', 100_000)}{Text}", Encoding.UTF8, "application/x-www-form-urlencoded"), // too large
                     new StringContent(Text, Encoding.UTF8, "text/plain"),
                 ])
        {
            using var refused = await tipper.Http.PostAsync("/tip", content);
            Assert.InRange((int)refused.StatusCode, 400, 499);
            Assert.DoesNotContain(Text, await refused.Content.ReadAsStringAsync());
        }
        using var approver = await site.SignInAsync(Roles.Approver);
        var reference = await site.ReadAsync(db => db.Tips.Select(t => t.Reference).SingleAsync());
        await approver.GetAsync($"/desk/tips/{reference}");
        await approver.PostAsync("form[action$='handler=open']");
        Assert.Contains(Text, approver.Body); // where it must be
        await approver.PostAsync(("Input.Text", Answer));
        await approver.PostAsync("form[action$='handler=close']", ("Input.Yes", "true"));
        await approver.PostAsync("form[action$='handler=reward']", ("Input.Points", "50"));
        site.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(1, await site.Services.GetRequiredService<GrantTipRewards>().ExecuteAsync());
        await tipper.GetAsync("/tip/mailbox");
        await tipper.PostAsync(("Input.Code", code), ("Input.Pin", "000000"));
        Assert.DoesNotContain(Text, tipper.Body);
        await tipper.PostAsync(("Input.Code", code), ("Input.Pin", Pin));
        await tipper.PostAsync(("Input.Text", More));
        Assert.Contains(More, tipper.Body);
        var lost = tipper.Page.QuerySelector("[data-voucher]")!.TextContent;
        await tipper.PostAsync("form[action$='handler=replace']");
        var held = tipper.Page.QuerySelector("[data-voucher]")!.TextContent;
        Assert.NotEqual(lost, held);
        return (code, [lost, held], reference);
    }

    /// <summary>What draws the photo, which its cleaned form has too.</summary>
    private static byte[] Drawn => Pictures.Jpeg[^60..^20];

    private static MultipartFormDataContent TipForm(PageClient tipper)
    {
        var form = new MultipartFormDataContent { { new StringContent(tipper.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" } };
        foreach (var (name, value) in ((string, string)[])[("Input.Kind", "Gambling"), ("Input.Text", Text), ("Input.Place", Place), ("Input.Pin", Pin)]) form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(Pictures.JpegFromPhone()), "Input.Photos", $"{Place}.jpg");
        return form;
    }

    /// <summary>Every page, and its exports, asked by everybody, with the keys of what is there in its address.</summary>
    private static async Task<List<string>> PagesAsync(SiteHost site, string reference, string[] marks)
    {
        var found = new List<string>();
        var informant = await site.ReadAsync(db => db.Members.Where(m => m.Code == "X0009").Select(m => m.Id).SingleAsync());
        var loader = site.Services.GetRequiredService<PageLoader>();
        var routes = new List<(RoutePattern Pattern, string[] Handlers)>();
        foreach (var endpoint in site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().DistinctBy(e => e.RoutePattern.RawText))
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page) continue;
            var handlers = (await loader.LoadAsync(page, EndpointMetadataCollection.Empty)).HandlerMethods;
            routes.Add((endpoint.RoutePattern, [.. handlers.Where(h => h.HttpMethod == "Get").Select(h => h.Name ?? "").Append("").Distinct()]));
        }
        foreach (var role in (string[])["", .. Roles.All])
        {
            using var client = role.Length == 0 ? site.Visitor() : await site.SignInAsync(role, role == Roles.Member ? null : "STA/", role == Roles.Member ? informant : null);
            foreach (var (pattern, handlers) in routes)
            {
                foreach (var value in (string[])["1", $"{informant}", reference])
                {
                    var path = "/" + string.Join('/', pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p is RoutePatternLiteralPart literal ? literal.Content : value))));
                    if (path.Contains("logout", StringComparison.OrdinalIgnoreCase)) continue;
                    foreach (var address in handlers.Select(h => h.Length == 0 ? path : $"{path}?handler={h}"))
                    {
                        using var answer = await client.Http.GetAsync(address);
                        var body = await answer.Content.ReadAsStringAsync();
                        found.AddRange(marks.Where(m => Has(body, m)).Select(m => $"{address} for '{role}': {m}"));
                    }
                    if (pattern.Parameters.Count == 0) break;
                }
            }
        }
        return found;
    }

    private static async Task<List<string>> InDatabaseAsync(MarketStorage storage, string mark, byte[]? content = null)
    {
        var bytes = content ?? Encoding.UTF8.GetBytes(mark);
        if (storage.Provider == DatabaseProvider.Sqlite)
            return [.. ((string[])["", "-wal", "-shm"]).Select(e => storage.FilePath + e).Where(f => File.Exists(f) && Has(Encoding.Latin1.GetString(ReadAll(f)), Encoding.Latin1.GetString(bytes)))];
        var found = new List<string>();
        await using var connection = new NpgsqlConnection(storage.ConnectionString);
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog','information_schema')", connection))
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        }
        foreach (var table in tables)
        {
            // A row as text holds all its columns; bytes stand there in hex.
            await using var look = new NpgsqlCommand($"SELECT count(*) FROM {table} t WHERE t::text ~ ('(^|[^0-9A-Fa-f])' || $1 || '([^0-9A-Fa-f]|$)') OR t::text LIKE '%' || $2 || '%'", connection)
            {
                Parameters = { new() { Value = mark.Replace(".", "[.]", StringComparison.Ordinal) }, new() { Value = Convert.ToHexStringLower(bytes) } },
            };
            if ((long)(await look.ExecuteScalarAsync())! > 0) found.Add(table);
        }
        return found;
    }

    /// <summary>The checkpoints, and whatever was written to the temporary folder since.</summary>
    private static IEnumerable<string> InFiles(MarketStorage storage, DateTime since, string[] marks)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 3 };
        var files = new DirectoryInfo(Path.GetTempPath()).EnumerateFiles("pointsmarket-*", SearchOption.TopDirectoryOnly)
            .Concat(new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories("pointsmarket-*").SelectMany(d => d.EnumerateFiles("*", options)))
            .Concat(new DirectoryInfo(Path.GetTempPath()).EnumerateFiles("ASPNETCORE_*")).Append(new FileInfo(storage.CheckpointPath));
        foreach (var file in files.ToList())
        {
            if (!file.Exists || file.LastWriteTimeUtc < since || file.Length > 64 * 1024 * 1024) continue;
            byte[] content;
            try { content = ReadAll(file.FullName); }
            catch (IOException) { continue; } // another test's, gone meanwhile
            // The village's own informant stands open in other tests' databases; six digits are not rare in files.
            foreach (var mark in marks.Where(m => m is not (Before or Pin) && content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(m)) >= 0)) yield return $"{file}: {mark}";
        }
    }

    /// <summary>A backup, file by file.</summary>
    private static async Task<IReadOnlyList<string>> InBackupAsync(SiteHost site, string[] marks)
    {
        var file = Path.Combine(Path.GetTempPath(), $"pointsmarket-canary-{Guid.NewGuid():N}.zip");
        try
        {
            Assert.IsType<BackUp.Written>(await site.Services.GetRequiredService<BackUp>().ExecuteAsync(new() { Path = file }));
            var found = new List<string>();
            await using var zip = await ZipFile.OpenReadAsync(file);
            foreach (var entry in zip.Entries)
            {
                await using var packed = await entry.OpenAsync();
                var content = new MemoryStream();
                await packed.CopyToAsync(content);
                var text = Encoding.Latin1.GetString(content.ToArray());
                found.AddRange(marks.Where(m => Has(text, Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(m)))).Select(m => $"backup, {entry.FullName}: {m}"));
                if (content.ToArray().AsSpan().IndexOf(Drawn) >= 0) found.Add($"backup, {entry.FullName}: the photo");
            }
            return found;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>True when the mark stands there; six digits within a longer number or a hash are none.</summary>
    private static bool Has(string text, string mark) =>
        text.Contains(mark, StringComparison.Ordinal) && (!mark.All(char.IsAsciiDigit) || Regex.IsMatch(text, $"(?<![0-9A-Fa-f]){mark}(?![0-9A-Fa-f])"));

    private static byte[] ReadAll(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Every line, with its scopes.</summary>
    private sealed class Log : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

        public void Dispose()
        {
        }

        private sealed class Writer(Log log, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => log.scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var line = new StringBuilder($"{category} {formatter(state, exception)} {exception}");
                if (state is IEnumerable<KeyValuePair<string, object?>> values) line.AppendJoin(' ', values);
                log.scopes.ForEachScope((scope, text) => text.Append($" {scope}"), line);
                log.Lines.Enqueue(line.ToString());
            }
        }
    }
}
