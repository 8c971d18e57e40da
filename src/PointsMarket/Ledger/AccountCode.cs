namespace PointsMarket.Ledger;

/// <summary>
/// The name of an account, such as <c>member:G0001</c> or <c>shelf:O1</c>. The part before the first colon is its class,
/// which says what it holds and whether it may go below zero. The table is DESIGN 3; add a class here and nowhere else.
/// </summary>
public readonly record struct AccountCode
{
    private enum Holds { Points, Money, Things }

    /// <summary>Class → what it holds, and whether it may not go below zero.</summary>
    private static readonly Dictionary<string, (Holds Holds, bool Guarded)> Classes = new(StringComparer.Ordinal)
    {
        ["issue"] = (Holds.Points, false),
        ["member"] = (Holds.Points, true),
        ["held"] = (Holds.Points, true),
        ["redeemed"] = (Holds.Points, false),
        ["expired"] = (Holds.Points, false),
        ["voucher"] = (Holds.Points, true),
        ["sponsor"] = (Holds.Things, false),
        ["purchase"] = (Holds.Things, false),
        ["shelf"] = (Holds.Things, true),
        ["reserved"] = (Holds.Things, true),
        ["transit"] = (Holds.Things, true),
        ["handed-out"] = (Holds.Things, false),
        ["written-off"] = (Holds.Things, false),
        ["found"] = (Holds.Things, false),
        ["grant"] = (Holds.Money, false),
        ["cash"] = (Holds.Money, true),
        ["spent"] = (Holds.Money, false),
        ["award-payable"] = (Holds.Money, false),
    };

    private AccountCode(string value) => Value = value;

    /// <summary>The code as stored and hashed.</summary>
    public string Value { get; }

    /// <summary>Where points come from: <c>task</c>, <c>case</c>, <c>assessment</c>, <c>tip</c>, <c>opening</c>, <c>correction</c>.</summary>
    public static AccountCode Issue(string cause) => Of("issue", cause);

    /// <summary>What a member may spend.</summary>
    public static AccountCode Member(string code) => Of("member", code);

    /// <summary>Points reserved for a redemption, not yet handed over.</summary>
    public static AccountCode Held(string redemption) => Of("held", redemption);

    /// <summary>Points of whoever holds a voucher's number.</summary>
    public static AccountCode Voucher(string code) => Of("voucher", code);

    /// <summary>Points that were spent.</summary>
    public static AccountCode Redeemed { get; } = new("redeemed");

    /// <summary>Goods that a sponsor gave.</summary>
    public static AccountCode Sponsor(string code) => Of("sponsor", code);

    /// <summary>Goods that were bought.</summary>
    public static AccountCode Purchase { get; } = new("purchase");

    /// <summary>What an outlet can hand out.</summary>
    public static AccountCode Shelf(string outlet) => Of("shelf", outlet);

    /// <summary>Goods set aside against a slip, or of a stopped card (K and its key) until a second person has signed.</summary>
    public static AccountCode Reserved(string redemption) => Of("reserved", redemption);

    /// <summary>Goods on their way from one outlet to another.</summary>
    public static AccountCode Transit(string move) => Of("transit", move);

    /// <summary>Goods that left over the counter.</summary>
    public static AccountCode HandedOut { get; } = new("handed-out");

    /// <summary>Goods found missing or spoilt.</summary>
    public static AccountCode WrittenOff { get; } = new("written-off");

    /// <summary>Goods found beyond the book.</summary>
    public static AccountCode Found { get; } = new("found");

    /// <summary>Money given to a fund.</summary>
    public static AccountCode Grant(string fund) => Of("grant", fund);

    /// <summary>Money of a fund at the bank.</summary>
    public static AccountCode Cash(string fund) => Of("cash", fund);

    /// <summary>Money a fund spent for a purpose.</summary>
    public static AccountCode Spent(string fund, string purpose) => new($"spent:{LedgerNames.Checked(fund)}:{LedgerNames.Checked(purpose)}");

    /// <summary>What is owed to a member: below zero by as much as was approved and not paid.</summary>
    public static AccountCode AwardPayable(string member) => Of("award-payable", member);

    /// <summary>True if the account may not go below zero (invariant 3).</summary>
    public bool IsGuarded => Classes[Class].Guarded;

    /// <summary>The part before the first colon.</summary>
    public string Class => ClassOf(Value);

    /// <summary>True if this account may hold the asset.</summary>
    public bool Takes(Asset asset) => Classes[Class].Holds switch
    {
        Holds.Points => asset == Asset.Points,
        Holds.Money => asset == Asset.Money,
        _ => asset.IsThing,
    };

    /// <summary>Reads a stored code back. Throws <see cref="FormatException"/> for a class that DESIGN 3 does not name.</summary>
    public static AccountCode Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!Classes.ContainsKey(ClassOf(value))) throw new FormatException($"'{value}' is no account.");
        foreach (var part in value.Split(':')) LedgerNames.Checked(part);
        return new AccountCode(value);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static string ClassOf(string value) => value.IndexOf(':', StringComparison.Ordinal) is var at and >= 0 ? value[..at] : value;

    private static AccountCode Of(string accountClass, string name) => new($"{accountClass}:{LedgerNames.Checked(name)}");
}
