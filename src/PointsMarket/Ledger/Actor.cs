namespace PointsMarket.Ledger;

/// <summary>Who does a thing, as written into the ledger and the change record: a role word and a number, never a name.</summary>
public readonly record struct Actor
{
    private Actor(string code) => Code = code;

    /// <summary>For example <c>user:12</c>, <c>kiosk:3</c>, <c>system:import</c>.</summary>
    public string Code { get; }

    /// <summary>A signed-in user.</summary>
    public static Actor User(int id) => new($"user:{id}");

    /// <summary>A kiosk, on behalf of the member in front of it.</summary>
    public static Actor Kiosk(int deviceId) => new($"kiosk:{deviceId}");

    /// <summary>The platform itself: <c>import</c>, <c>schedule</c>, <c>demo</c>, <c>setup</c>.</summary>
    public static Actor System(string part) => new($"system:{LedgerNames.Checked(part)}");

    /// <summary>Reads a stored code back. Throws <see cref="FormatException"/> for anything else.</summary>
    public static Actor Parse(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code.Split(':') is ["user" or "kiosk" or "system", { Length: > 0 }] ? new Actor(code) : throw new FormatException($"'{code}' is nobody.");
    }

    /// <inheritdoc/>
    public override string ToString() => Code;
}
