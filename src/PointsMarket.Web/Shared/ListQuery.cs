using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace PointsMarket.Web.Shared;

/// <summary>
/// What a list shows, read from the address: <c>?q=words&amp;sort=-points&amp;p=2&amp;size=50</c>. Anything else in the address (a
/// page's own filters) is kept in every link. Not <c>page=</c>: Razor Pages keeps that name for itself.
/// </summary>
public sealed record ListQuery
{
    /// <summary>Rows a page; the first is the default.</summary>
    public static readonly int[] Sizes = [20, 50, 100];

    /// <summary>Searched words, trimmed, at most 60 characters; empty when nothing is searched.</summary>
    public required string Q { get; init; }

    /// <summary>Column sorted by; always one of those the page allows.</summary>
    public required string Sort { get; init; }

    public required bool Descending { get; init; }

    /// <summary>Page shown, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>Rows a page, one of <see cref="Sizes"/>.</summary>
    public required int Size { get; init; }

    /// <summary>Rows before this page.</summary>
    public int Skip => (Page - 1) * Size;

    private IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>Reads the address. What makes no sense falls back to the default instead of failing.</summary>
    /// <param name="request">The request with the query string.</param>
    /// <param name="sorts">Columns that may be sorted by; the first is the default, <c>-name</c> means descending.</param>
    public static ListQuery From(HttpRequest request, params string[] sorts)
    {
        var query = request.Query;
        var asked = query["sort"].ToString();
        var sort = sorts.Any(s => s.TrimStart('-') == asked.TrimStart('-')) ? asked : sorts.FirstOrDefault("");
        var q = query["q"].ToString().Trim();
        var size = Number(query["size"], Sizes[0]);
        return new ListQuery
        {
            Q = q.Length > 60 ? q[..60] : q,
            Sort = sort.TrimStart('-'),
            Descending = sort.StartsWith('-'),
            Page = Math.Clamp(Number(query["p"], 1), 1, 1_000_000),
            Size = Sizes.Contains(size) ? size : Sizes[0],
            Query = [.. query.Where(p => p.Key != "culture").SelectMany(p => p.Value, (p, v) => KeyValuePair.Create(p.Key, v ?? ""))],
        };
    }

    /// <summary>The same list with one thing changed; back on the first page unless the page is what changes.</summary>
    public string Link(string name, string? value)
    {
        var link = new QueryBuilder();
        foreach (var (key, old) in Query)
        {
            if (key != name && key != "p" && old.Length > 0)
            {
                link.Add(key, old);
            }
        }

        if (!string.IsNullOrEmpty(value))
        {
            link.Add(name, value);
        }

        return link.ToQueryString().Value is { Length: > 0 } text ? text : "?";
    }

    public string LinkToPage(int page) => Link("p", page <= 1 ? null : page.ToString(CultureInfo.InvariantCulture));

    /// <summary>Sorts by this column; the other way round when it is sorted by it already.</summary>
    public string LinkToSort(string column) => Link("sort", Sort == column && !Descending ? "-" + column : column);

    /// <summary>The page's own query values other than the one named, for hidden fields of a search form.</summary>
    public IEnumerable<KeyValuePair<string, string>> Others(params string[] but) =>
        Query.Where(p => p.Key != "p" && !but.Contains(p.Key) && p.Value.Length > 0);

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : otherwise;
}

/// <summary>Model of the <c>_Pager</c> partial.</summary>
/// <param name="List">The list shown.</param>
/// <param name="Total">Rows over all pages.</param>
public sealed record Pager(ListQuery List, int Total)
{
    public int Pages => Math.Max(1, (Total + List.Size - 1) / List.Size);
    public int First => Total == 0 ? 0 : Math.Min(List.Skip + 1, Total);
    public int Last => Math.Min(List.Skip + List.Size, Total);

    /// <summary>Page numbers to offer: the ends and two on either side; 0 stands for a gap.</summary>
    public IEnumerable<int> Offered()
    {
        var before = 0;
        foreach (var page in Enumerable.Range(1, Pages).Where(p => p == 1 || p == Pages || Math.Abs(p - List.Page) <= 2))
        {
            if (page > before + 1)
            {
                yield return 0;
            }

            yield return before = page;
        }
    }
}

/// <summary>Model of the <c>_Empty</c> partial: nothing here, and what to do about it.</summary>
/// <param name="Icon">Name in the lucide sprite.</param>
/// <param name="Text">Key of what is missing.</param>
/// <param name="Hint">Key of what to do next, or null.</param>
/// <param name="Href">Where that is done, or null.</param>
/// <param name="Action">Key of the link's words, with <paramref name="Href"/>.</param>
public sealed record Empty(string Icon, string Text, string? Hint = null, string? Href = null, string? Action = null);
