using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Tasks;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Reports;

/// <summary>
/// What the two pages that file a report share: the categories with their points, the places, the photos, and the sentence for
/// each refusal.
/// </summary>
public sealed class ReportForm(MarketDb db, TimeProvider clock, IStringLocalizer<Texts> texts)
{
    /// <summary>
    /// The largest request these pages take: six photos, and room to read one that is far too large and say so. Beyond it the
    /// answer is a page that says so, with 413.
    /// </summary>
    public const int LargestBody = 128 * 1024 * 1024;

    /// <summary>The fields of the form.</summary>
    public sealed class Input
    {
        [Display(Name = "Reports.Form.Category"), Required]
        public string? Category { get; set; }

        /// <summary>On the station's clock.</summary>
        [Display(Name = "Reports.Form.When"), Required]
        public DateTime? HappenedAt { get; set; }

        [Display(Name = "Reports.Form.Where"), Required]
        public int? AreaId { get; set; }

        [Display(Name = "Reports.Form.What"), Required, StringLength(FileReport.MostText)]
        public string? Text { get; set; }

        [Display(Name = "Reports.Form.Photos")]
        public List<IFormFile> Photos { get; set; } = [];

        /// <summary>The same for every try to send this form.</summary>
        [StringLength(64)]
        public string? Key { get; set; }
    }

    /// <summary>A category to choose: its code, points, and whether a photo is asked for.</summary>
    public sealed record Category(string Code, int Points, bool Photo);

    /// <summary>The categories of today's rule book.</summary>
    public async Task<IReadOnlyList<Category>> CategoriesAsync(CancellationToken ct)
    {
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        var book = new ReportPoints(await db.ScoringRules.AsNoTracking().ToListAsync(ct));
        return [.. (await TaskCategory.CodesAsync(db, ct)).Select(c => book.RuleOn(c, today)).OfType<ScoringRule>().Select(r => new Category(r.Category, r.Points, r.Evidence == Evidence.Photo))];
    }

    /// <summary>The grids of a station by village, each village first.</summary>
    public async Task<IReadOnlyList<SelectListItem>> AreasAsync(int bookId, CancellationToken ct)
    {
        var areas = await db.Areas.Where(a => a.BookId == bookId && (a.Kind == AreaKind.Village || a.Kind == AreaKind.Grid))
            .OrderBy(a => a.Path).Select(a => new { a.Id, a.Name, a.Kind }).ToListAsync(ct);
        return [.. areas.Select(a => new SelectListItem(a.Kind == AreaKind.Grid ? "\u3000" + a.Name : a.Name, a.Id.ToString(CultureInfo.InvariantCulture)))];
    }

    /// <summary>Now, to the minute, on the station's clock.</summary>
    public DateTime Now()
    {
        var now = StationTime.Local(clock.GetUtcNow().UtcDateTime);
        return new DateTime(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, DateTimeKind.Unspecified);
    }

    /// <summary>UTC of a time typed on the station's clock. Anything may be typed: a year before this century counts as its first day.</summary>
    public static DateTime Utc(DateTime typed)
    {
        var local = DateTime.SpecifyKind(typed.Year < 2000 ? new DateTime(2000, 1, 1) : typed, DateTimeKind.Unspecified);
        return DateTime.SpecifyKind(local - StationTime.Zone.GetUtcOffset(local), DateTimeKind.Utc);
    }

    /// <summary>Reads the files, not more of each than can be taken: one byte over the limit is enough to refuse it.</summary>
    public static async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(IEnumerable<IFormFile> files, CancellationToken ct)
    {
        var photos = new List<ReadOnlyMemory<byte>>();
        foreach (var file in files.Where(f => f.Length > 0).Take(FileReport.MostPhotos + 1))
        {
            var bytes = new byte[Math.Min(file.Length, CleanPhoto.MostBytes + 1)];
            await using var stream = file.OpenReadStream();
            await stream.ReadExactlyAsync(bytes, ct);
            photos.Add(bytes);
        }

        return photos;
    }

    /// <summary>Puts the sentence for a refusal beside its field.</summary>
    public void Explain(FileReport.Outcome outcome, ModelStateDictionary state)
    {
        switch (outcome)
        {
            case FileReport.BadPhoto(var number, var fault):
                state.AddModelError("Input.Photos", texts[$"Reports.Photo.{fault}", number]);
                break;
            case FileReport.Refused(var problem):
                state.AddModelError(FieldOf(problem), texts[$"Reports.Problem.{problem}"]);
                break;
        }
    }

    private static string FieldOf(ReportProblem problem) => problem switch
    {
        ReportProblem.Future or ReportProblem.TooOld or ReportProblem.NotInService => "Input.HappenedAt",
        ReportProblem.UnknownArea => "Input.AreaId",
        ReportProblem.UnknownCategory => "Input.Category",
        ReportProblem.TooManyPhotos => "Input.Photos",
        ReportProblem.UnknownMember => "Member",
        _ => "Input.Text",
    };
}
