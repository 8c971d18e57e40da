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
        var low = db.AssessmentLines.Where(l => l.Assessment.BookId == bookId && months.Contains(l.Assessment.Month) && l.Assessment.State == AssessmentState.Published && l.Member.Area.Path.StartsWith(areaPath)
            && (db.AssessmentCorrections.Any(c => c.AssessmentId == l.AssessmentId && c.MemberId == l.MemberId && c.State == CorrectionState.Approved)
                ? db.AssessmentCorrections.Where(c => c.AssessmentId == l.AssessmentId && c.MemberId == l.MemberId && c.State == CorrectionState.Approved).OrderByDescending(c => c.Number).Select(c => c.Grade).First() == Grade.NotCompetent
                : l.Grade == Grade.NotCompetent));
        var members = await low.GroupBy(l => l.MemberId).Where(g => g.Count() == row).Select(g => g.Key).ToListAsync(ct);
        var lines = await low.Where(l => members.Contains(l.MemberId)).OrderBy(l => l.Assessment.Month)
            .Select(l => new { l.MemberId, l.Member.Code, l.Member.Name, l.Member.Kind, Area = l.Member.Area.Name, l.Assessment.Month, l.Score }).ToListAsync(ct);
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
