using Microsoft.Playwright;

namespace PointsMarket.Browser.Kit;

/// <summary>The four screens every page is looked at on.</summary>
public static class Screens
{
    public static readonly BrowserNewContextOptions Kiosk = Of(1280, 800, touch: true);
    public static readonly BrowserNewContextOptions Tall = Of(1080, 1920, touch: true);
    public static readonly BrowserNewContextOptions Desk = Of(1440, 960, touch: false);
    public static readonly BrowserNewContextOptions Phone = new(Of(390, 844, touch: true)) { DeviceScaleFactor = 2, IsMobile = true };

    /// <summary>By the name used in theory data: kiosk, tall, phone, desk.</summary>
    public static BrowserNewContextOptions Named(string name) => name switch
    {
        "kiosk" => Kiosk,
        "tall" => Tall,
        "phone" => Phone,
        "desk" => Desk,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "kiosk, tall, phone or desk"),
    };

    private static BrowserNewContextOptions Of(int width, int height, bool touch) => new()
    {
        ViewportSize = new() { Width = width, Height = height },
        HasTouch = touch,
        TimezoneId = "Asia/Shanghai",
    };
}
