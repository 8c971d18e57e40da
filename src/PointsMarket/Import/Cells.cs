using System.Buffers;
using System.Globalization;
using PointsMarket.Areas;
using PointsMarket.Ledger;

namespace PointsMarket.Import;

/// <summary>
/// One row's cells, read as what they should be. What is wrong is put down with its column, and a stand-in comes back, so that
/// all of a row's faults are named at once; ask <see cref="Failed"/> at the end.
/// </summary>
internal sealed class Cells(string file, IReadOnlyList<string> columns, ImportProblems problems)
{
    /// <summary>Days and times lie in these years: before the first rule book or beyond a lifetime they are typing errors.</summary>
    private static readonly (int First, int Last) Years = (2000, 2099);

    private static readonly string[] TimeFormats =
        [.. from seconds in (string[])["", ":ss", ":ss.fff"] from zone in (string[])["zzz", "'Z'"] select "yyyy-MM-dd'T'HH:mm" + seconds + zone];

    // Direction marks turn the reading order around and make one name look like another.
    private static readonly SearchValues<char> Hidden = SearchValues.Create("\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\uFEFF");
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@＝＋－＠");

    private string[] values = [];
    private bool failed;

    public int Row { get; private set; }

    /// <summary>True when something was wrong with this row.</summary>
    public bool Failed => failed;

    /// <summary>Turns to the next row; the values stand in the order of the columns.</summary>
    public void Turn(int row, string[] cells) => (Row, values, failed) = (row, cells, false);

    public void Refuse(string? column, ImportReason reason, string? value = null, string? detail = null)
    {
        failed = true;
        problems.Add(file, Row, column, reason, value, detail);
    }

    /// <summary>A code or reference, as may stand in the ledger.</summary>
    public string Code(string column) => CodeOrNull(column) ?? Missing(column, "");

    public string? CodeOrNull(string column)
    {
        if (Raw(column) is not { Length: > 0 } value) return null;
        if (!LedgerNames.IsValid(value)) Refuse(column, ImportReason.BadCode, value);
        return value;
    }

    /// <summary>What stands where a value is kept to itself.</summary>
    public const string Withheld = "***";

    /// <summary>True when the cell holds exactly this.</summary>
    public bool Is(string column, string value) => Raw(column) == value;

    /// <summary>Words that name something: one line, and nothing a spreadsheet would run. A secret is not repeated when it is refused.</summary>
    public string Name(string column, int most, bool secret = false)
    {
        if (Raw(column) is not { Length: > 0 } value) return Missing(column, "");
        if (string.IsNullOrWhiteSpace(value)) return Missing(column, "");
        if (Formula.Contains(value[0])) Refuse(column, ImportReason.FormulaLike, secret ? Withheld : value);
        return Checked(column, value, most, lines: false, secret);
    }

    /// <summary>Free text, perhaps of several lines, perhaps empty. It is kept as it is; exports guard against formulas.</summary>
    public string Text(string column, int most) => Checked(column, Raw(column), most, lines: true);

    public string? TextOrNull(string column, int most) => Raw(column).Length == 0 ? null : Text(column, most);

    public int Number(string column, int least, int most) => (int)Amount(column, least, most);

    public int? NumberOrNull(string column, int least, int most) => Raw(column).Length == 0 ? null : Number(column, least, most);

    public long Amount(string column, long least, long most)
    {
        if (Raw(column) is not { Length: > 0 } value) return Missing(column, least);
        if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            // Only digits, but too many: say that it is too big, not that it is no number.
            Refuse(column, value.TrimStart('-').All(char.IsAsciiDigit) ? ImportReason.OutOfRange : ImportReason.BadNumber, value, $"{least}–{most}");
            return least;
        }
        if (number >= least && number <= most) return number;
        Refuse(column, ImportReason.OutOfRange, value, $"{least}–{most}");
        return least;
    }

    public DateOnly Day(string column) => Raw(column).Length == 0 ? Missing(column, default(DateOnly)) : DayOrNull(column) ?? default;

    public DateOnly? DayOrNull(string column)
    {
        if (Raw(column) is not { Length: > 0 } value) return null;
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year >= Years.First && day.Year <= Years.Last) return day;
        Refuse(column, ImportReason.BadDate, value);
        return null;
    }

    /// <summary>The first day of a month <c>YYYY-MM</c>.</summary>
    public DateOnly Month(string column)
    {
        if (Raw(column) is not { Length: > 0 } value) return Missing(column, default(DateOnly));
        if (StationMonth.Parse(value) is { } month) return month;
        Refuse(column, ImportReason.BadMonth, value);
        return default;
    }

    /// <summary>A point in time, as UTC.</summary>
    public DateTime Time(string column) => Raw(column).Length == 0 ? Missing(column, default(DateTime)) : TimeOrNull(column) ?? default;

    public DateTime? TimeOrNull(string column)
    {
        if (Raw(column) is not { Length: > 0 } value) return null;
        if (value.Length <= 32
            && DateTimeOffset.TryParseExact(value, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && time.UtcDateTime.Year >= Years.First && time.UtcDateTime.Year <= Years.Last && time.Year >= Years.First && time.Year <= Years.Last)
            return time.UtcDateTime;
        Refuse(column, ImportReason.BadTime, value);
        return null;
    }

    public T OneOf<T>(string column, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (Raw(column) is not { Length: > 0 } value) return Missing(column, default(T));
        if (words.TryGetValue(value, out var found)) return found;
        Refuse(column, ImportReason.BadChoice, value, string.Join(", ", words.Keys));
        return default;
    }

    private string Raw(string column)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i] == column) return values[i];
        }
        throw new ArgumentException($"There is no column {column}.", nameof(column));
    }

    private string Checked(string column, string value, int most, bool lines, bool secret = false)
    {
        var shown = secret ? Withheld : value;
        if (value.AsSpan().ContainsAny(Hidden) || value.Any(c => char.IsControl(c) && !(lines && c is '\n' or '\r' or '\t')))
            Refuse(column, ImportReason.ControlCharacter, shown);
        else if (value.Length > most)
            Refuse(column, ImportReason.TooLong, shown, most.ToString(CultureInfo.InvariantCulture));
        return value;
    }

    private T Missing<T>(string column, T standIn)
    {
        Refuse(column, ImportReason.Required);
        return standIn;
    }
}

/// <summary>The words that stand for an enum's values in a file.</summary>
internal static class FileWords
{
    /// <summary>The names as they are: <c>GridMember</c>.</summary>
    public static IReadOnlyDictionary<string, T> Names<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(v => v.ToString(), StringComparer.Ordinal);

    /// <summary>The names in small letters: <c>verified</c>.</summary>
    public static IReadOnlyDictionary<string, T> Small<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(v => v.ToString().ToLowerInvariant(), StringComparer.Ordinal);
}
