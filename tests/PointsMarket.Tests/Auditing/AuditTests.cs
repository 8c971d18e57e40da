using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Auditing;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;
using PointsMarket.Tests.Reconciliations;

namespace PointsMarket.Tests.Auditing;

public sealed class AuditTests
{
    [Fact]
    public async Task Draw_SameSeed_DrawsTheSameOnesOfTheMonthOnly()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        async Task<AuditSample> DrawAsync(int seed, int size = 20)
        {
            var drawn = Assert.IsType<DrawSample.Drawn>(await market.Get<DrawSample>().ExecuteAsync(new DrawSample.Input { Month = ReconDesk.September, Size = size, Seed = seed, Actor = ReconDesk.Third, AreaPath = "STA/" }));
            return await market.ReadAsync(db => db.AuditSamples.AsNoTracking().Include(s => s.Items.OrderBy(i => i.Sequence)).SingleAsync(s => s.Id == drawn.Id));
        }
        var (one, same, other) = (await DrawAsync(7), await DrawAsync(7), await DrawAsync(8));
        Assert.Equal(20, one.Items.Count);
        Assert.Equal(one.Items.Select(i => i.Sequence), same.Items.Select(i => i.Sequence));
        Assert.NotEqual(one.Items.Select(i => i.Sequence), other.Items.Select(i => i.Sequence));
        var month = await market.ReadAsync(db => db.LedgerTransactions.AsNoTracking().ToListAsync());
        Assert.All(one.Items, i => Assert.Equal(ReconDesk.September.Month, Areas.StationTime.Day(month.Single(t => t.Sequence == i.Sequence).HappenedAt).Month));
        Assert.IsType<DrawSample.NotASize>(await market.Get<DrawSample>().ExecuteAsync(new DrawSample.Input { Month = ReconDesk.September, Size = 0, Seed = 1, Actor = ReconDesk.Third, AreaPath = "STA/" }));
        Assert.IsType<DrawSample.NothingThere>(await market.Get<DrawSample>().ExecuteAsync(new DrawSample.Input { Month = new DateOnly(2020, 1, 1), Size = 5, Seed = 1, Actor = ReconDesk.Third, AreaPath = "STA/" }));

        var judge = market.Get<JudgeSample>();
        Task<JudgeSample.Outcome> Say(SampleVerdict verdict, string? remark, string area = "STA/") => judge.ExecuteAsync(new JudgeSample.Input { SampleId = one.Id, Sequence = one.Items[0].Sequence, Verdict = verdict, Remark = remark, Actor = ReconDesk.Third, AreaPath = area });
        Assert.Equal(JudgeSample.Outcome.BadWords, await Say(SampleVerdict.Questioned, " "));
        Assert.Equal(JudgeSample.Outcome.NotFound, await Say(SampleVerdict.InOrder, null, "STA/PR1/"));
        Assert.Equal(JudgeSample.Outcome.Done, await Say(SampleVerdict.Questioned, "照片呢？"));
        Assert.Equal(JudgeSample.Outcome.Done, await Say(SampleVerdict.InOrder, "看到了"));
        Assert.Equal(2, await market.ReadAsync(db => db.ChangeRecords.CountAsync(c => c.Action == "audit.judged"))); // each time is on record
    }

    [Fact]
    public void Draw_OfManySeeds_TakesEachAboutAsOften()
    {
        var numbers = Enumerable.Range(1, 40).Select(n => (long)n).ToList();
        var counts = Enumerable.Range(0, 4000).SelectMany(seed => DrawSample.Draw(numbers, 10, seed)).CountBy(n => n).ToDictionary();
        Assert.Equal(40, counts.Count);
        Assert.All(counts.Values, c => Assert.InRange(c, 850, 1150)); // 1000 each
    }

    [Fact]
    public async Task Pack_ProvedByAStranger_HoldsAndOneChangedCellDoesNot()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        await market.ReadAsync(async db =>
        {
            await market.Get<CheckpointFile>().AppendHeadsAsync(db, DateTime.UnixEpoch);
            return 0;
        });
        var run = await desk.RunAsync();
        await desk.SettleAsync(run.Id);
        await desk.CloseAsync(run.Id, ReconDesk.Second);
        await market.PostAsync(market.Request(1, "=1+1", new Posting(AccountCode.Issue("task"), AccountCode.Member("G0001"), Asset.Points, 5)) with { Reason = "a \"word\",\r\nand another" });

        using var stream = new MemoryStream();
        var told = new List<(long, long)>();
        Assert.Equal(WriteAuditPack.Outcome.Done, await market.Get<WriteAuditPack>().ExecuteAsync(new WriteAuditPack.Input { AreaPath = "STA/", To = stream, Progress = new Told(told) }));
        Assert.Equal(WriteAuditPack.Outcome.NotTheStation, await market.Get<WriteAuditPack>().ExecuteAsync(new WriteAuditPack.Input { AreaPath = "STA/PR1/", To = new MemoryStream() }));
        Assert.Equal(told[^1].Item2, told[^1].Item1);
        stream.Position = 0;
        using var zip = new ZipArchive(stream);
        var files = zip.Entries.ToDictionary(e => e.Name, e => new StreamReader(e.Open(), new UTF8Encoding(false)).ReadToEnd());
        Assert.Contains("PM1L", files["README.txt"], StringComparison.Ordinal);
        Assert.Empty(Stranger.Prove(files));
        foreach (var name in Xinggu.Text("members.csv").Split('\n').Skip(1).Select(l => l.Split(',')).Where(c => c.Length > 1).Select(c => c[1]).Distinct())
            Assert.All(files.Where(f => f.Key != "README.txt"), f => Assert.DoesNotContain(name, f.Value, StringComparison.Ordinal));

        foreach (var (file, from, to) in ((string, string, string)[])[("transactions.csv", "task-reward", "task-rewarD"), ("entries.csv", "\r\n3,1,", "\r\n3,1,1"), ("accounts.csv", "member:G0001", "member:G0009"), ("closings.csv", "user:2", "user:3"), ("book.csv", "STA", "STB")])
        {
            var at = files[file].IndexOf(from, StringComparison.Ordinal);
            Assert.True(at >= 0, file);
            var forged = new Dictionary<string, string>(files) { [file] = files[file][..at] + to + files[file][(at + from.Length)..] };
            Assert.NotEmpty(Stranger.Prove(forged));
        }
    }

    private sealed class Told(List<(long, long)> told) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => told.Add(value);
    }

    /// <summary>Somebody who has the recipe and nothing else: not a line of this is shared with the program.</summary>
    private static class Stranger
    {
        public static List<string> Prove(Dictionary<string, string> files)
        {
            var wrong = new List<string>();
            var book = Rows(files["book.csv"])[0];
            var accounts = Rows(files["accounts.csv"]).ToDictionary(r => r["number"]);
            var entries = Rows(files["entries.csv"]).ToLookup(r => r["sequence"]);
            var (previous, number, related) = (new byte[32], 0L, new HashSet<(string, string)>());
            var hashes = new Dictionary<string, byte[]> { ["0"] = previous };
            var sums = accounts.Keys.ToDictionary(k => k, _ => (Balance: 0L, Version: 0L));
            var closings = Rows(files["closings.csv"]);
            foreach (var t in Rows(files["transactions.csv"]))
            {
                if (long.Parse(t["sequence"]) != ++number) wrong.Add($"gap at {number}");
                var lines = entries[t["sequence"]].OrderBy(e => int.Parse(e["line"])).ToList();
                if (lines.Count == 0 || lines.Count % 2 != 0) { wrong.Add($"{number}: lines"); break; }
                var (content, link) = (new Bytes(), new Bytes());
                content.Text("PM1C").Text(t["kind"]).Text(t["subject"]).Number(t["happened_ms"]).Text(t["has_reason"] == "0" ? null : t["reason"])
                    .Text(t["relation"].Length == 0 ? null : t["relation"]).Number(t["related"].Length == 0 ? "0" : t["related"]).Number((lines.Count / 2).ToString());
                for (var i = 0; i < lines.Count; i += 2)
                {
                    var (source, destination) = (accounts[lines[i]["account"]], accounts[lines[i + 1]["account"]]);
                    if (lines[i]["amount"] != "-" + lines[i + 1]["amount"] || source["asset"] != destination["asset"] || source["number"] == destination["number"]) wrong.Add($"{number}: posting");
                    content.Text(source["code"]).Text(destination["code"]).Text(source["asset"]).Number(lines[i + 1]["amount"]);
                }
                foreach (var line in lines)
                {
                    var (balance, version) = sums[line["account"]];
                    sums[line["account"]] = (balance + long.Parse(line["amount"]), version + 1);
                    if (long.Parse(line["version"]) != version + 1) wrong.Add($"{number}: version");
                }
                if (Convert.ToHexString(content.Hash()) != t["content_hash"]) wrong.Add($"{number}: content");
                link.Text("PM1L").Raw(previous).Text(book["code"]).Number(t["sequence"]).Text(t["key"]).Raw(content.Hash()).Number(t["recorded_ms"]).Text(t["actor"]);
                for (var i = 0; i < lines.Count; i += 2) link.Number(lines[i]["version"]).Number(lines[i + 1]["version"]);
                previous = link.Hash();
                if (Convert.ToHexString(previous) != t["hash"]) wrong.Add($"{number}: hash");
                hashes[t["sequence"]] = previous;
                if (t["related"].Length > 0 && !related.Add((t["related"], t["relation"]))) wrong.Add($"{number}: related twice");
                var limit = closings.LastOrDefault(c => long.Parse(c["sequence"]) < number);
                if (limit is not null && limit["before_ms"].Length > 0 && long.Parse(t["happened_ms"]) < long.Parse(limit["before_ms"])) wrong.Add($"{number}: into a closed month");
            }
            if (book["transactions"] != number.ToString() || book["head"] != Convert.ToHexString(previous)) wrong.Add("head");
            foreach (var (key, a) in accounts)
            {
                if (a["balance"] != sums[key].Balance.ToString() || a["version"] != sums[key].Version.ToString() || (a["floor"].Length > 0 && sums[key].Balance < long.Parse(a["floor"]))) wrong.Add($"account {key}");
            }
            wrong.AddRange(accounts.Values.GroupBy(a => a["asset"]).Where(g => g.Sum(a => long.Parse(a["balance"])) != 0).Select(g => $"{g.Key} does not add up"));
            foreach (var line in files["checkpoints.jsonl"].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var json = System.Text.Json.JsonDocument.Parse(line);
                if (Convert.ToHexString(hashes[json.RootElement.GetProperty("Sequence").GetInt64().ToString()]) != json.RootElement.GetProperty("Hash").GetString()) wrong.Add("checkpoint");
            }
            Closings(closings, book["code"], hashes, wrong);
            if ((closings.Count == 0 ? "" : closings[^1]["before_ms"]) != book["closed_before_ms"]) wrong.Add("limit");
            return wrong;
        }

        private static void Closings(List<Dictionary<string, string>> closings, string code, Dictionary<string, byte[]> hashes, List<string> wrong)
        {
            var last = new byte[32];
            foreach (var c in closings)
            {
                var bytes = new Bytes().Text("PM1P").Raw(last).Text(code).Number(c["number"]).Number(c["sequence"]).Raw(hashes[c["sequence"]])
                    .Number(c["before_ms"].Length == 0 ? "-9223372036854775808" : c["before_ms"]).Number(c["recorded_ms"]).Text(c["actor"]);
                last = bytes.Hash();
                if (Convert.ToHexString(last) != c["hash"]) wrong.Add($"closing {c["number"]}");
            }
        }

        /// <summary>RFC 4180, spelled out.</summary>
        private static List<Dictionary<string, string>> Rows(string text)
        {
            var (rows, row, cell, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
            for (var i = 0; i < text.Length; i++)
            {
                var c = text[i];
                if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"') { cell.Append('"'); i++; }
                else if (c == '"') quoted = !quoted;
                else if (!quoted && c == ',') { row.Add(cell.ToString()); cell.Clear(); }
                else if (!quoted && c == '\n') { row.Add(cell.ToString()); cell.Clear(); rows.Add(row); row = []; }
                else if (quoted || c != '\r') cell.Append(c);
            }
            return [.. rows.Skip(1).Select(r => rows[0].Zip(r).ToDictionary(p => p.First, p => p.Second))];
        }

        private sealed class Bytes
        {
            private readonly List<byte> all = [];

            public Bytes Raw(byte[] bytes)
            {
                all.AddRange(bytes);
                return this;
            }

            public Bytes Number(string text)
            {
                Span<byte> eight = stackalloc byte[8];
                BinaryPrimitives.WriteInt64BigEndian(eight, long.Parse(text));
                all.AddRange(eight);
                return this;
            }

            public Bytes Text(string? text)
            {
                Span<byte> four = stackalloc byte[4];
                BinaryPrimitives.WriteInt32BigEndian(four, text is null ? -1 : Encoding.UTF8.GetByteCount(text));
                all.AddRange(four);
                if (text is not null) all.AddRange(Encoding.UTF8.GetBytes(text));
                return this;
            }

            public byte[] Hash() => SHA256.HashData([.. all]);
        }
    }
}
