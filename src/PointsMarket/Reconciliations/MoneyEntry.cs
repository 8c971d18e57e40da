namespace PointsMarket.Reconciliations;

/// <summary>
/// What the matching asks of a line or a movement: its fund by number, and its place among its own kind. A movement's transaction
/// goes along in <paramref name="Sequence"/>.
/// </summary>
internal readonly record struct MoneyEntry(int Fund, string Reference, long AmountFen, int Day, int Place, long Sequence)
{
    /// <summary>Entries in the order of what is compared, then of their place.</summary>
    public static SortedRows<MoneyEntry> Sorted(Comparison<MoneyEntry> by) =>
        new((a, b) => by(a, b) is var order and not 0 ? order : a.Place.CompareTo(b.Place), Write, Read);

    public static int ByReference(MoneyEntry a, MoneyEntry b) =>
        a.Fund != b.Fund ? a.Fund.CompareTo(b.Fund) : string.CompareOrdinal(a.Reference, b.Reference);

    public static int ByReferenceAndAmount(MoneyEntry a, MoneyEntry b) =>
        ByReference(a, b) is var order and not 0 ? order : a.AmountFen.CompareTo(b.AmountFen);

    public static int ByAmount(MoneyEntry a, MoneyEntry b) =>
        a.Fund != b.Fund ? a.Fund.CompareTo(b.Fund) : a.AmountFen.CompareTo(b.AmountFen);

    public static int ByAmountAndDay(MoneyEntry a, MoneyEntry b) =>
        ByAmount(a, b) is var order and not 0 ? order : a.Day.CompareTo(b.Day);

    private static void Write(BinaryWriter to, MoneyEntry entry)
    {
        to.Write(entry.Fund);
        to.Write(entry.Reference);
        to.Write(entry.AmountFen);
        to.Write(entry.Day);
        to.Write(entry.Place);
        to.Write(entry.Sequence);
    }

    private static MoneyEntry Read(BinaryReader from) =>
        new(from.ReadInt32(), from.ReadString(), from.ReadInt64(), from.ReadInt32(), from.ReadInt32(), from.ReadInt64());
}
