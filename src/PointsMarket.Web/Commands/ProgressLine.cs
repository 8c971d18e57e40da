using Microsoft.Extensions.Localization;
using PointsMarket.Import;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Commands;

/// <summary>Says how far an import is: one line that is written over on a terminal, a line for each file elsewhere.</summary>
internal sealed class ProgressLine(TextWriter error, IStringLocalizer<Texts> t) : IProgress<ImportProgress>
{
    private readonly Lock gate = new();
    private readonly bool terminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
    private string file = "";
    private bool open;

    public void Report(ImportProgress value)
    {
        lock (gate)
        {
            if (terminal && value.Total > 0)
            {
                error.Write($"\r\u001b[K{t["Command.Import.Progress", value.Done * 100 / value.Total, value.File]}");
                open = true;
            }
            else if (value.File != file && value.Total > 0) error.WriteLine(t["Command.Import.Progress", value.Done * 100 / value.Total, value.File]);
            file = value.File;
        }
    }

    /// <summary>Clears the line.</summary>
    public void End()
    {
        lock (gate)
        {
            if (open) error.Write("\r\u001b[K");
            open = false;
        }
    }
}
