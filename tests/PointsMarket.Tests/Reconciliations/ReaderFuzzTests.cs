using System.Text;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Import;
using PointsMarket.Reconciliations;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Reconciliations;

/// <summary>Ten million bytes of files that were mauled: no reader crashes, and what is refused changes nothing.</summary>
public sealed class ReaderFuzzTests
{
    private const int Bytes = 10_000_000;

    private static readonly string[] Imports = ["areas.csv", "members.csv", "goods.csv", "sponsors.csv", "outlets.csv", "deliveries.csv", "funds.csv", "cases.csv", "redemptions.csv", "evaluations.csv", "reports.csv"];

    [Fact]
    public async Task Readers_TenMillionMauledBytes_NameWhatIsWrongAndNeverThrow()
    {
        var known = new KnownNames(new HashSet<string> { "volunteer-fund", "bravery-fund" }, new HashSet<string> { "O1", "O2", "O3" }, new HashSet<string> { "SOAP", "OIL1", "RICE5" });
        var files = Imports.Select(name => (Name: name, Text: Longer(name, 20_000))).Append((ReconDesk.StockFile, Longer(ReconDesk.StockFile, 200))).Append((ReconDesk.BankFile, Longer(ReconDesk.BankFile, 40_000))).ToList();
        var random = new Random(99);
        var (read, refused, taken) = (0L, 0, 0);
        for (var i = 0; read < Bytes; i++)
        {
            // The statement every other time, the others in turn.
            var (name, text) = i % 2 == 0 ? files[^1] : files[i / 2 % (files.Count - 1)];
            var bytes = Maul(random, text);
            read += bytes.Length;
            var problems = new ImportProblems();
            var source = Xinggu.Source(name, bytes);
            if (name == ReconDesk.BankFile) await StatementFiles.BankAsync(source, ReconDesk.September, known, problems, default);
            else if (name == ReconDesk.StockFile) await StatementFiles.StocktakeAsync(source, ReconDesk.September, known, problems, default);
            else await ImportReading.ReadAsync([source], problems, null, default);
            if (problems.Count > 0) refused++;
            else taken++;
            Assert.All(problems.Named([]), p => Assert.Equal(name, p.File));
        }
        Assert.True(refused > taken && taken > 0, $"{refused} refused, {taken} taken"); // it bites, and not always
    }

    [Fact]
    public async Task Statements_Mauled_AreTakenWholeOrNotAtAll()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        var random = new Random(5);
        var (rows, files) = (0, 0);
        for (var i = 0; i < 120; i++)
        {
            var kind = i % 2 == 0 ? MonthFileKind.Bank : MonthFileKind.Stocktake;
            var name = kind == MonthFileKind.Bank ? ReconDesk.BankFile : ReconDesk.StockFile;
            var outcome = await market.Get<TakeMonthFile>().ExecuteAsync(new TakeMonthFile.Input
            {
                Month = ReconDesk.September, Kind = kind, Source = Xinggu.Source(name, Maul(random, Encoding.UTF8.GetBytes(Xinggu.Text(name)))), Actor = ReconDesk.Runner, AreaPath = "STA/", Keep = true,
            });
            if (outcome is TakeMonthFile.Taken taken)
            {
                (rows, files) = (rows + taken.File.Rows, files + 1);
                await market.Get<WithdrawMonthFile>().ExecuteAsync(new WithdrawMonthFile.Input { FileId = taken.File.Id, Reason = "x", Actor = ReconDesk.Runner, AreaPath = "STA/" });
            }
            else Assert.IsType<TakeMonthFile.Refused>(outcome);
        }
        Assert.Equal((files, rows), await market.ReadAsync(async db => (await db.MonthFiles.CountAsync(), await db.BankLines.CountAsync() + await db.CountLines.CountAsync())));
        Assert.InRange(files, 1, 119);
    }

    /// <summary>The file with its rows again and again, up to a size.</summary>
    private static byte[] Longer(string name, int size)
    {
        var lines = Xinggu.Text(name).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var text = new StringBuilder(lines[0]).Append('\n');
        for (var i = 0; text.Length < size; i++) text.Append(lines[1 + (i % (lines.Length - 1))]).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Maul(Random random, byte[] text)
    {
        var bytes = (byte[])text.Clone();
        switch (random.Next(6))
        {
            case 0: // as it is, or nearly
                break;
            case 1:
                bytes = bytes[..random.Next(bytes.Length)];
                break;
            case 2:
                var (from, to) = (random.Next(bytes.Length), random.Next(bytes.Length));
                bytes = [.. bytes[..to], .. bytes[Math.Min(from, to)..Math.Max(from, to)], .. bytes[to..]];
                break;
            default:
                ReadOnlySpan<byte> nasty = "\"\",\n\r\0;'=-+\t\\"u8;
                for (var hits = random.Next(1, 12); hits > 0; hits--) bytes[random.Next(bytes.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : nasty[random.Next(nasty.Length)];
                break;
        }
        return bytes;
    }
}
