using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Settings;

namespace PointsMarket.Assessments;

/// <summary>What holds for a member's month: the published line, or its latest approved correction.</summary>
/// <param name="Measures">What it follows from.</param>
/// <param name="Score">Hundredths; null when nothing could be measured.</param>
/// <param name="Grade">The grade.</param>
/// <param name="Bonus">Bonus points in all.</param>
/// <param name="Corrected">True when a correction holds.</param>
public sealed record HeldLine(AssessmentMeasures Measures, int? Score, Grade Grade, int Bonus, bool Corrected)
{
    /// <summary>What holds, from a line and its corrections.</summary>
    public static HeldLine Of(AssessmentLine line, IEnumerable<AssessmentCorrection> corrections)
    {
        ArgumentNullException.ThrowIfNull(line);
        return corrections.Where(c => c.State == CorrectionState.Approved).MaxBy(c => c.Number) is { } c
            ? new HeldLine(line.Measures with { Points = c.Points, Verified = c.Verified, Rejected = c.Rejected }, c.Score, c.Grade, c.Bonus, true)
            : new HeldLine(line.Measures, line.Score, line.Grade, line.Bonus, false);
    }
}

/// <summary>The same, of many lines, in a query: filtered, counted, sorted and paged by the database.</summary>
public sealed class HeldRow
{
    /// <summary>The line as it was published.</summary>
    public required AssessmentLine Line { get; init; }

    /// <summary>Points from tasks and cases.</summary>
    public required long Points { get; init; }

    /// <summary>Verified reports.</summary>
    public required int Verified { get; init; }

    /// <summary>Rejected reports.</summary>
    public required int Rejected { get; init; }

    /// <inheritdoc cref="HeldLine.Score"/>
    public required int? Score { get; init; }

    /// <inheritdoc cref="HeldLine.Grade"/>
    public required Grade Grade { get; init; }

    /// <inheritdoc cref="HeldLine.Bonus"/>
    public required int Bonus { get; init; }

    /// <inheritdoc cref="HeldLine.Corrected"/>
    public required bool Corrected { get; init; }

    /// <summary>What holds of lines; each comes once, whatever was corrected of it.</summary>
    public static IQueryable<HeldRow> Of(MarketDb db, IQueryable<AssessmentLine> lines)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(lines);
        var approved = db.AssessmentCorrections.Where(c => c.State == CorrectionState.Approved);
        var latest = approved.Where(c => !approved.Any(x => x.AssessmentId == c.AssessmentId && x.MemberId == c.MemberId && x.Number > c.Number));
        return
            from l in lines
            join c in latest on new { l.AssessmentId, l.MemberId } equals new { c.AssessmentId, c.MemberId } into held
            from c in held.DefaultIfEmpty()
            select new HeldRow
            {
                Line = l, Points = c == null ? l.Points : c.Points, Verified = c == null ? l.Verified : c.Verified, Rejected = c == null ? l.Rejected : c.Rejected,
                Score = c == null ? l.Score : c.Score, Grade = c == null ? l.Grade : c.Grade, Bonus = c == null ? l.Bonus : c.Bonus, Corrected = c != null,
            };
    }
}

/// <summary>A member whose last months were all not competent.</summary>
public sealed record Struggling(int MemberId, string Code, string Name, MemberKind Kind, string Area, IReadOnlyList<(DateOnly Month, int? Score)> Months)
{
    /// <summary>The name on screen.</summary>
    public string Who => MemberNames.Shown(Kind, Code, Name);

    /// <summary>
    /// Members of an area whose published months up to <paramref name="month"/> were not competent <see cref="SettingList.StrugglingMonths"/> times in a row,
    /// corrections counted. A month that is not published, or has no line, breaks the row.
    /// </summary>
    public static async Task<IReadOnlyList<Struggling>> ReadAsync(MarketDb db, int bookId, string areaPath, DateOnly month, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var row = (int)await SettingBook.ValueAsync(db, SettingList.StrugglingMonths, AssessmentPolicies.LastDay(month), ct);
        var months = Enumerable.Range(0, row).Select(i => month.AddMonths(-i)).ToList();
        var published = db.AssessmentLines.Where(l => l.Assessment.BookId == bookId && months.Contains(l.Assessment.Month) && l.Assessment.State == AssessmentState.Published && l.Member.Area.Path.StartsWith(areaPath));
        var low = HeldRow.Of(db, published).Where(h => h.Grade == Grade.NotCompetent);
        var members = await low.GroupBy(h => h.Line.MemberId).Where(g => g.Count() == row).Select(g => g.Key).ToListAsync(ct);
        var lines = await low.Where(h => members.Contains(h.Line.MemberId)).OrderBy(h => h.Line.Assessment.Month)
            .Select(h => new { h.Line.MemberId, h.Line.Member.Code, h.Line.Member.Name, h.Line.Member.Kind, Area = h.Line.Member.Area.Name, h.Line.Assessment.Month, h.Score }).ToListAsync(ct);
        return [.. lines.GroupBy(l => l.MemberId).OrderBy(g => g.First().Code, StringComparer.Ordinal).Select(g => new Struggling(
            g.Key, g.First().Code, g.First().Name, g.First().Kind, g.First().Area, [.. g.Select(l => (l.Month, l.Score))]))];
    }
}

/// <summary>What a grid manager gets with the month's pay (DESIGN 7): for a competent month, and for being named among the thirty.</summary>
public sealed record Supplement(int MemberId, string Code, string Name, string Area, Grade Grade, int MonthFen, int AwardFen)
{
    /// <summary>Both.</summary>
    public int TotalFen => MonthFen + AwardFen;

    /// <summary>
    /// The payroll list of a published month, by code; empty while it is not published. Corrections count. <paramref name="named"/> is what
    /// awards of the year add to each month, in fen, by member.
    /// </summary>
    public static async Task<IReadOnlyList<Supplement>> ReadAsync(MarketDb db, int bookId, string areaPath, DateOnly month, IReadOnlyDictionary<int, long> named, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(named);
        var day = AssessmentPolicies.LastDay(month);
        var competentFen = (int)await SettingBook.ValueAsync(db, SettingList.PayrollMonth, day, ct);
        var ids = named.Keys.ToList();
        var lines = await db.AssessmentLines.AsNoTracking().Include(l => l.Member).ThenInclude(m => m.Area)
            .Where(l => l.Assessment.BookId == bookId && l.Assessment.Month == month && l.Assessment.State == AssessmentState.Published && l.Member.Area.Path.StartsWith(areaPath)
                && (l.Member.Kind == MemberKind.GridManager || ids.Contains(l.MemberId))).ToListAsync(ct);
        var members = lines.ConvertAll(l => l.MemberId);
        var corrections = await db.AssessmentCorrections.AsNoTracking().Where(c => c.Assessment.BookId == bookId && c.Assessment.Month == month && members.Contains(c.MemberId)).ToListAsync(ct);
        return
        [
            .. from line in lines
               let grade = HeldLine.Of(line, corrections.Where(c => c.MemberId == line.MemberId)).Grade
               let pay = new Supplement(
                   line.MemberId, line.Member.Code, MemberNames.Shown(line.Member.Kind, line.Member.Code, line.Member.Name), line.Member.Area.Name, grade,
                   line.Member.Kind == MemberKind.GridManager && grade >= Grade.Competent ? competentFen : 0, (int)named.GetValueOrDefault(line.MemberId))
               where pay.TotalFen > 0
               orderby pay.Code
               select pay,
        ];
    }
}
