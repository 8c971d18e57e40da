using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PointsMarket.Web.Documents;

/// <summary>As much of a PDF as signing needs: where its objects lie, its catalog, its first page.</summary>
internal sealed partial class PdfFile
{
    private readonly string text;
    private readonly Dictionary<int, int> offsets = [];

    private PdfFile(string text, int table, string trailer)
    {
        (this.text, Table) = (text, table);
        Size = Number(trailer, "/Size");
        Root = Number(trailer, "/Root");
        Kept = string.Concat(Info().Match(trailer).Value, Id().Match(trailer).Value);
    }

    /// <summary>Where the cross-reference table begins.</summary>
    public int Table { get; }

    /// <summary>One more than the highest number of an object.</summary>
    public int Size { get; }

    /// <summary>The number of the catalog.</summary>
    public int Root { get; }

    /// <summary>The entries of the trailer that an update repeats.</summary>
    public string Kept { get; }

    /// <summary>Reads it. Throws <see cref="NotSupportedException"/> for a file written in another way.</summary>
    public static PdfFile Read(byte[] pdf)
    {
        var text = Encoding.Latin1.GetString(pdf); // a byte is a letter: places stay what they are
        if (!text.StartsWith("%PDF-", StringComparison.Ordinal)) throw Unknown("it does not begin as one");
        var start = text.LastIndexOf("startxref", StringComparison.Ordinal);
        if (start < 0 || !int.TryParse(Digits().Match(text, start).Value, NumberStyles.None, CultureInfo.InvariantCulture, out var table) || table >= text.Length) throw Unknown("it has no end");
        var trailer = text.IndexOf("trailer", table, StringComparison.Ordinal);
        if (!text.AsSpan(table).StartsWith("xref") || trailer < 0) throw Unknown("it has no classic table");
        if (text.IndexOf("/Prev", trailer, start - trailer, StringComparison.Ordinal) >= 0) throw Unknown("it was added to before");
        var file = new PdfFile(text, table, text[trailer..start]);
        file.ReadTable(text[(table + 4)..trailer]);
        return file;
    }

    /// <summary>What stands between <c>obj</c> and <c>endobj</c>.</summary>
    public string Body(int number)
    {
        if (!offsets.TryGetValue(number, out var at)) throw Unknown($"object {number} is missing");
        var head = $"{number} 0 obj";
        if (!text.AsSpan(at).StartsWith(head)) throw Unknown($"object {number} is not where it should be");
        var end = text.IndexOf("endobj", at, StringComparison.Ordinal);
        return end < 0 ? throw Unknown($"object {number} has no end") : text[(at + head.Length)..end].Trim();
    }

    /// <summary>The number of the first page.</summary>
    public int FirstPage()
    {
        var node = Number(Body(Root), "/Pages");
        for (var depth = 0; depth < 32; depth++)
        {
            var body = Body(node);
            if (Kids().Match(body) is not { Success: true } kids) return node;
            node = int.Parse(kids.Groups[1].Value, CultureInfo.InvariantCulture);
        }
        throw Unknown("its pages go round in a circle");
    }

    /// <summary>A dictionary with one entry more.</summary>
    public static string With(string dictionary, string entry) =>
        dictionary.StartsWith("<<", StringComparison.Ordinal) && dictionary.EndsWith(">>", StringComparison.Ordinal) ? dictionary[..^2] + entry + ">>" : throw Unknown("a dictionary is none");

    private void ReadTable(string table)
    {
        var next = 0;
        foreach (var line in table.Split('\n', '\r').Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            var words = line.Split(' ');
            if (words.Length == 2) next = int.Parse(words[0], CultureInfo.InvariantCulture);
            else if (words is [var offset, _, var use])
            {
                if (use == "n") offsets[next] = int.Parse(offset, CultureInfo.InvariantCulture);
                next++;
            }
        }
    }

    private static int Number(string dictionary, string name) =>
        Regex.Match(dictionary, name + @"\s+(\d+)") is { Success: true } found ? int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) : throw Unknown($"{name} is missing");

    private static NotSupportedException Unknown(string why) => new($"This PDF cannot be signed: {why}.");

    [GeneratedRegex(@"\d+")] private static partial Regex Digits();
    [GeneratedRegex(@"/Info\s+\d+\s+\d+\s+R")] private static partial Regex Info();
    [GeneratedRegex(@"/ID\s*\[[^\]]*\]")] private static partial Regex Id();
    [GeneratedRegex(@"/Kids\s*\[\s*(\d+)\s+\d+\s+R")] private static partial Regex Kids();
}
