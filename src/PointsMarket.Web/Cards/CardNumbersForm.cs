using System.ComponentModel.DataAnnotations;
using System.Text;
using PointsMarket.Market;

namespace PointsMarket.Web.Cards;

/// <summary>
/// The fields that take the numbers of cards: the first of a row of consecutive ones, or a list that is typed, scanned or pasted, or
/// a file. Exactly one of them is filled in.
/// </summary>
public sealed class CardNumbersForm
{
    [Display(Name = "Cards.Form.First"), StringLength(60)]
    public string? First { get; set; }

    [Display(Name = "Cards.Form.List"), StringLength(CardSerials.MostText)]
    public string? List { get; set; }

    [Display(Name = "Cards.Form.File")]
    public IFormFile? File { get; set; }

    /// <summary>The numbers, normal and not checked; else the key of what is wrong with the form.</summary>
    /// <param name="needed">How many cards there are.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<(IReadOnlyList<string> Serials, string? Problem)> ReadAsync(int needed, CancellationToken ct = default)
    {
        var (first, list, file) = (!string.IsNullOrWhiteSpace(First), !string.IsNullOrWhiteSpace(List), File is { Length: > 0 });
        if ((first ? 1 : 0) + (list ? 1 : 0) + (file ? 1 : 0) != 1) return ([], first || list || file ? "Cards.Form.OneOnly" : "Cards.Form.None");
        if (needed > CardSerials.MostAtOnce) return ([], "Cards.Form.TooMany");
        if (first) return CardSerials.Range(First, needed) is { } row ? (row, null) : ([], "Cards.Form.NoRow");
        if (list) return (CardSerials.List(List), null);
        if (File!.Length > CardSerials.MostText) return ([], "Cards.Form.FileTooLong");
        await using var stream = File.OpenReadStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return (CardSerials.File(await reader.ReadToEndAsync(ct)), null);
    }
}
