using System.Globalization;
using PointsMarket.Members;

namespace PointsMarket.Duties;

/// <summary>
/// The places of a shift: some kept for a level (one grid manager, one coordinator, one volunteer), the others for anybody.
/// Seats are numbered from 0, the kept ones first, in the order of the levels. Two crews with the same seats are equal.
/// </summary>
public sealed class Crew : IEquatable<Crew>
{
    /// <summary>The most seats of one shift; a training session in the village hall is the largest.</summary>
    public const int MostSeats = 60;

    /// <summary>Long enough for every crew as text.</summary>
    public const int MostText = 160;

    private const string Anybody = "Any";

    private Crew(IEnumerable<MemberKind?> seats)
    {
        Seats = [.. seats];
        Text = string.Join(',', Seats.GroupBy(s => s).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key?.ToString() ?? Anybody}:{g.Count()}")));
    }

    /// <summary>For each seat the level it is kept for; null for anybody.</summary>
    public IReadOnlyList<MemberKind?> Seats { get; }

    /// <summary>As it is stored: <c>GridManager:1,Volunteer:1,Any:2</c>.</summary>
    public string Text { get; }

    /// <summary>A crew of so many of each. Throws <see cref="ArgumentException"/> for no seat, a number below 0, or more than <see cref="MostSeats"/>.</summary>
    public static Crew Of(params IEnumerable<(MemberKind? Kind, int Seats)> wanted)
    {
        var all = wanted.ToList();
        if (all.Any(w => w.Seats < 0)) throw new ArgumentException("A crew has no seats below zero.", nameof(wanted));
        var crew = new Crew(all.OrderBy(w => w.Kind is null ? int.MaxValue : (int)w.Kind).SelectMany(w => Enumerable.Repeat(w.Kind, Math.Min(w.Seats, MostSeats + 1))));
        return crew.Seats.Count is > 0 and <= MostSeats ? crew : throw new ArgumentException($"A crew has 1 to {MostSeats} seats.", nameof(wanted));
    }

    /// <summary>Reads <see cref="Text"/> back.</summary>
    public static Crew Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Of(text.Split(',').Select(part => part.Split(':')).Select(p =>
            (p[0] == Anybody ? (MemberKind?)null : Enum.Parse<MemberKind>(p[0]), int.Parse(p[1], CultureInfo.InvariantCulture))));
    }

    /// <summary>How many seats are kept for a level; null for anybody.</summary>
    public int Count(MemberKind? kind) => Seats.Count(s => s == kind);

    /// <summary>True when somebody of that level may sit there.</summary>
    public bool Fits(int seat, MemberKind kind) => Seats[seat] is not { } kept || kept == kind;

    /// <summary>True when there is a seat at all for that level.</summary>
    public bool Wants(MemberKind kind) => Seats.Any(s => s is null || s == kind);

    /// <inheritdoc/>
    public bool Equals(Crew? other) => other is not null && other.Text == Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Crew);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
