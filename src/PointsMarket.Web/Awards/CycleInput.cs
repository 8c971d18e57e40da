using System.ComponentModel.DataAnnotations;
using PointsMarket.Awards;
using PointsMarket.Members;

namespace PointsMarket.Web.Awards;

/// <summary>The fields of a cycle.</summary>
public sealed class CycleInput
{
    [Required]
    public AwardKind? Kind { get; set; }

    [Display(Name = "Awards.List.Year"), Required, Range(2000, 2099)]
    public int? Year { get; set; }

    [Display(Name = "Awards.Form.Title"), Required, StringLength(SaveCycle.LongestTitle)]
    public string? Title { get; set; }

    [Display(Name = "Awards.Form.Quota"), Required, Range(1, SaveCycle.MostPeople)]
    public int? Quota { get; set; }

    [Display(Name = "Awards.Form.Area"), Required]
    public int? AreaId { get; set; }

    [Display(Name = "Awards.Form.LeastMonths"), Range(1, 12)]
    public int? LeastMonths { get; set; }

    [Display(Name = "Awards.Form.Words"), Required, StringLength(SaveCycle.LongestWords)]
    public string? Words { get; set; }

    [Display(Name = "Awards.Form.Amount"), Range(0, 100_000)]
    public decimal? Amount { get; set; }

    [Display(Name = "Awards.Form.Monthly"), Range(0, 100_000)]
    public decimal? Monthly { get; set; }

    [Display(Name = "Awards.Form.Fund"), StringLength(40)]
    public string? Fund { get; set; }

    /// <summary>The kinds that are ticked.</summary>
    public MemberKind[] Kinds { get; set; } = [];

    /// <summary>The operation's input.</summary>
    public SaveCycle.Input For(int? cycle, int userId, string areaPath) => new()
    {
        CycleId = cycle, Kind = Kind!.Value, Year = Year!.Value, Title = Title!, Quota = Quota!.Value, AreaId = AreaId!.Value, Kinds = Kinds, LeastMonths = LeastMonths ?? 1, Words = Words!,
        AmountFen = Fen(Amount), MonthlyFen = Fen(Monthly), Fund = Fund, UserId = userId, AreaPath = areaPath,
    };

    /// <summary>The field that a problem belongs beside, or empty for the whole form.</summary>
    public static string FieldOf(SaveCycle.Problem why) => why switch
    {
        SaveCycle.Problem.NoSuchArea => "Input.AreaId",
        SaveCycle.Problem.BadYear => "Input.Year",
        SaveCycle.Problem.BadTitle => "Input.Title",
        SaveCycle.Problem.BadQuota => "Input.Quota",
        SaveCycle.Problem.BadMonths => "Input.LeastMonths",
        SaveCycle.Problem.BadWords => "Input.Words",
        SaveCycle.Problem.BadMoney => "Input.Amount",
        SaveCycle.Problem.FundMissing => "Input.Fund",
        _ => "",
    };

    private static long Fen(decimal? yuan) => (long)decimal.Round((yuan ?? 0) * 100, MidpointRounding.AwayFromZero);
}
