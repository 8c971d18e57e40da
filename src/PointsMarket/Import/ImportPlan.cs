using PointsMarket.Import.Steps;

namespace PointsMarket.Import;

/// <summary>The files in order of dependence, and which file a name or a header stands for.</summary>
internal static class ImportPlan
{
    /// <summary>In the order of <see cref="ImportFile"/>.</summary>
    public static IReadOnlyList<ImportStep> Steps { get; } =
    [
        new AreaStep(), new MemberStep(), new GoodsStep(), new SponsorStep(), new OutletStep(),
        new DeliveryStep(), new FundStep(), new ReportStep(), new CaseStep(), new RedemptionStep(),
        new EvaluationStep(),
    ];

    public static ImportStep Of(ImportFile file) => Steps[(int)file];

    /// <summary>By the file's own name; null for one that FORMATS does not import.</summary>
    public static ImportFile? FileOf(string name) => Steps.FirstOrDefault(s => s.FileName.Equals(name, StringComparison.OrdinalIgnoreCase))?.File;

    /// <summary>By the columns, for a file that was renamed: <c>members (2).csv</c>.</summary>
    public static ImportFile? FileOf(IEnumerable<string> header)
    {
        var columns = header.ToHashSet(StringComparer.Ordinal);
        return Steps.FirstOrDefault(s => columns.SetEquals(s.Columns))?.File;
    }
}
