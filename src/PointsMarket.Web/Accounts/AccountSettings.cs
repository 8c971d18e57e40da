using System.ComponentModel.DataAnnotations;

namespace PointsMarket.Web.Accounts;

/// <summary>Configuration section <c>Accounts</c>.</summary>
public sealed class AccountSettings
{
    public const string Section = "Accounts";

    /// <summary>Staff must sign in with two steps. True unless configured; appsettings.Development.json turns it off for the demo accounts.</summary>
    public bool RequireTwoStep { get; set; } = true;

    /// <summary>Sign-ins that one address may try in a minute; several people in one office share an address.</summary>
    [Range(1, 10_000)]
    public int TriesPerMinute { get; set; } = 20;
}
