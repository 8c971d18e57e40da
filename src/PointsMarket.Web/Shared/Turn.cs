using PointsMarket.Members;
using PointsMarket.Routing;

namespace PointsMarket.Web.Shared;

/// <summary>Model of the <c>_Turn</c> partial: why something stands in somebody's list.</summary>
/// <param name="Standing">Where it stands.</param>
/// <param name="First">Who was to act first.</param>
/// <param name="FiledAt">UTC, since when it waits in all.</param>
/// <param name="Now">UTC.</param>
public sealed record Turn(Standing Standing, MemberKind First, DateTime FiledAt, DateTime Now);
