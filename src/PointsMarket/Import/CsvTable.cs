using System.Text;
using CsvHelper;

namespace PointsMarket.Import;

/// <summary>
/// Reads one CSV file as a stream: UTF-8 with or without a byte order mark, comma, RFC 4180 quotes, LF or CRLF, a header of
/// known columns in any order. Whatever is wrong with the file becomes a problem; nothing here throws for what a file says.
/// </summary>
internal sealed class CsvTable(ImportSource source, ImportProblems problems)
{
    /// <summary>Wrong bytes are an error, not a question mark; a mark at the start is passed over.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    private readonly Dictionary<long, CsvMalformedReason> malformed = [];
    private int row;

    /// <summary>The most bytes that are read.</summary>
    public long MostBytes { get; init; } = ImportLimits.FileBytes;

    /// <summary>The most rows that are read, the header among them.</summary>
    public int MostRows { get; init; } = ImportLimits.Rows;

    /// <summary>
    /// Calls <paramref name="begin"/> with the header, which answers with the columns wanted (null: give up), then
    /// <paramref name="take"/> for each row that has all its cells, in the order of those columns. Empty lines are passed over.
    /// False when the file could not be read to its end.
    /// </summary>
    public async Task<bool> ReadAsync(Func<IReadOnlyList<string>, IReadOnlyList<string>?> begin, Action<int, string[]> take, CancellationToken ct)
    {
        try
        {
            await using var stream = new LimitedStream(source.Open(), MostBytes);
            using var text = new StreamReader(stream, Utf8, detectEncodingFromByteOrderMarks: false);
            using var csv = CsvReader.Create(text, Options());
            if (!await csv.ReadAsync(ct) || csv.RawRecord.IsEmpty)
            {
                Refuse(0, ImportReason.EmptyFile);
                return false;
            }
            row = 1;
            var header = Fields(csv);
            return begin(header) is { } wanted && Order(header, wanted) is { } order && await RowsAsync(csv, header.Length, order, take, ct);
        }
        catch (LimitedStream.TooLargeException)
        {
            Refuse(0, ImportReason.FileTooLarge, detail: (MostBytes / 1024 / 1024).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (DecoderFallbackException)
        {
            Refuse(0, ImportReason.NotUtf8);
        }
        catch (CsvFormatException)
        {
            Refuse(row + 1, ImportReason.RowTooLong);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Refuse(0, ImportReason.Unreadable);
        }
        return false;
    }

    private CsvReaderOptions Options() => new()
    {
        Separator = ',', HasHeader = false, SkipEmptyLines = false, MaxRecordSize = ImportLimits.RowBytes, IncludeValuesInExceptions = false,
        OnMalformedRecord = record => malformed.TryAdd(record.RecordNumber, record.Reason),
    };

    private async Task<bool> RowsAsync(CsvReader csv, int cells, int[] order, Action<int, string[]> take, CancellationToken ct)
    {
        while (await csv.ReadAsync(ct))
        {
            row = checked((int)csv.RowNumber);
            if (row > MostRows)
            {
                Refuse(0, ImportReason.TooManyRows, detail: MostRows.ToString(System.Globalization.CultureInfo.InvariantCulture));
                return false;
            }
            if (csv.RawRecord.IsEmpty) continue;
            if (csv.RawRecord.Length > ImportLimits.RowBytes) Refuse(row, ImportReason.RowTooLong);
            else if (malformed.Remove(row)) Refuse(row, ImportReason.BrokenQuotes, Encoding.UTF8.GetString(csv.RawRecord));
            else if (csv.FieldCount != cells) Refuse(row, ImportReason.CellCount, detail: $"{csv.FieldCount}/{cells}");
            else take(row, Array.ConvertAll(order, csv.GetString));
        }
        return true;
    }

    /// <summary>Where each wanted column stands; null when the header is not as it should be.</summary>
    private int[]? Order(string[] header, IReadOnlyList<string> wanted)
    {
        var before = problems.Count;
        foreach (var twice in header.GroupBy(h => h, StringComparer.Ordinal).Where(g => g.Count() > 1 && wanted.Contains(g.Key)))
            Refuse(1, ImportReason.ColumnTwice, twice.Key, column: twice.Key);
        foreach (var missing in wanted.Except(header)) Refuse(1, ImportReason.MissingColumn, missing, column: missing);
        foreach (var unknown in header.Except(wanted)) Refuse(1, ImportReason.UnknownColumn, unknown);
        return problems.Count == before ? [.. wanted.Select(w => Array.IndexOf(header, w))] : null;
    }

    private static string[] Fields(CsvReader csv) => [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];

    private void Refuse(int at, ImportReason reason, string? value = null, string? detail = null, string? column = null) =>
        problems.Add(source.Name, at, column, reason, value, detail);
}
