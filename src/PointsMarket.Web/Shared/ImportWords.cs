using Microsoft.Extensions.Localization;
using PointsMarket.Import;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Shared;

/// <summary>Words for what is wrong with an import: the same on the page, in its CSV and on the command line.</summary>
public sealed class ImportWords(IStringLocalizer<Texts> t)
{
    /// <summary>Why, and what to do about it.</summary>
    public string Reason(ImportProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return t[$"Import.Error.{problem.Reason}", problem.Value ?? "", problem.Detail ?? "", problem.Column ?? ""];
    }

    /// <summary>File, row and column.</summary>
    public string Where(ImportProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem switch
        {
            { Row: 0 } => problem.File,
            { Column: null } => t["Import.Where.Row", problem.File, problem.Row],
            _ => t["Import.Where.Column", problem.File, problem.Row, problem.Column],
        };
    }

    /// <summary>Everything on one line.</summary>
    public string Line(ImportProblem problem) => t["Import.Where.Line", Where(problem), Reason(problem)];
}
