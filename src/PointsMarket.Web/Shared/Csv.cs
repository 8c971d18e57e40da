using CsvHelper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace PointsMarket.Web.Shared;

/// <summary>
/// A list as a CSV file, written row by row as it is read. UTF-8 with a byte order mark, because Excel reads Chinese only
/// then; a cell that would be a formula there is made text (a name may have been typed by anyone).
/// </summary>
/// <param name="fileName">Name for saving, with <c>.csv</c>; no personal data.</param>
/// <param name="rows">The rows of all pages; read once.</param>
/// <param name="columns">Heading in the user's language, and the cell of a row (written in invariant culture).</param>
public sealed class Csv<T>(string fileName, IAsyncEnumerable<T> rows, params (string Heading, Func<T, object?> Cell)[] columns) : IActionResult
{
    private static readonly CsvWriterOptions Format = new() { WriteByteOrderMark = true, Injection = CsvInjection.Escape };

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        var stop = context.HttpContext.RequestAborted;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        response.Headers.ContentDisposition = disposition.ToString();

        await using var csv = CsvWriter.Create(response.Body, Format, leaveOpen: true);
        foreach (var (heading, _) in columns)
        {
            csv.WriteField(heading);
        }

        await csv.EndRecordAsync(stop);
        await foreach (var row in rows.WithCancellation(stop))
        {
            foreach (var (_, cell) in columns)
            {
                csv.WriteField(cell(row));
            }

            await csv.EndRecordAsync(stop);
        }
    }
}
