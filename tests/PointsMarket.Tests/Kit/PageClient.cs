using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace PointsMarket.Tests.Kit;

/// <summary>
/// A browser without script: keeps cookies, reads pages, fills in forms by field name and sends them with whatever the page put
/// in them, the antiforgery token included. With <paramref name="follow"/> it follows redirects itself, as a browser does: the
/// test server's own handler sends the cookies of before the redirect along again.
/// </summary>
public sealed class PageClient(HttpClient http, bool follow = false) : IDisposable
{
    private static readonly HtmlParser Parser = new();

    private int hops;

    /// <summary>The last page, or what else was answered.</summary>
    public IHtmlDocument Page { get; private set; } = Parser.ParseDocument("");

    /// <summary>Its text, with the whitespace pressed together.</summary>
    public string Text => string.Join(' ', (Page.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Where the last answer came from, after redirects: path and query.</summary>
    public string Path { get; private set; } = "/";

    public HttpStatusCode Status { get; private set; }

    /// <summary>The raw body of the last answer.</summary>
    public string Body { get; private set; } = "";

    public HttpClient Http => http;

    /// <summary>Opens a page, following redirects within the site.</summary>
    public Task<PageClient> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>
    /// Fills in and sends a form of the page that is open. The form is the one that has all the given fields, or the one that
    /// <paramref name="form"/> selects (CSS); <c>name="value"</c> of a button may be among the fields.
    /// </summary>
    public Task<PageClient> PostAsync(IReadOnlyDictionary<string, string> fields, string? form = null) => SubmitAsync(FindForm(form, fields.Keys), fields);

    /// <inheritdoc cref="PostAsync(IReadOnlyDictionary{string, string}, string?)"/>
    public Task<PageClient> PostAsync(params (string Name, string Value)[] fields) => PostAsync(fields.ToDictionary(f => f.Name, f => f.Value));

    /// <summary>Sends the form that a CSS selector names, with these fields filled in.</summary>
    public Task<PageClient> PostAsync(string form, params (string Name, string Value)[] fields) => PostAsync(fields.ToDictionary(f => f.Name, f => f.Value), form);

    /// <summary>Sends fields to a path with the token of the page that is open, as a tampered form would.</summary>
    public Task<PageClient> ForgeAsync(string path, params (string Name, string Value)[] fields)
    {
        var token = Page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")?.Value
            ?? throw new InvalidOperationException($"{Path} has no form.");
        var all = fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(new("__RequestVerificationToken", token));
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(all) });
    }

    /// <summary>The sentence beside a field that was refused, or null.</summary>
    public string? ErrorOf(string field) => Page.GetElementById(field.Replace('.', '_').Replace('[', '_').Replace(']', '_') + "-error")?.TextContent;

    public void Dispose() => http.Dispose();

    private IHtmlFormElement FindForm(string? selector, IEnumerable<string> fields)
    {
        var forms = (selector is null ? Page.Forms : Page.QuerySelectorAll<IHtmlFormElement>(selector))
            .Where(f => f.Method.Equals("post", StringComparison.OrdinalIgnoreCase)).ToList();
        var found = forms.Where(f => fields.All(n => f.Elements.Any(e => e.GetAttribute("name") == n))).ToList();
        return found.Count > 0 ? found[0] : throw new InvalidOperationException($"{Path} ({(int)Status}) has no form with {string.Join(", ", fields)}: {Text}");
    }

    private Task<PageClient> SubmitAsync(IHtmlFormElement form, IReadOnlyDictionary<string, string> fields)
    {
        var values = new List<KeyValuePair<string, string>>();
        foreach (var element in form.Elements)
        {
            if (element.GetAttribute("name") is not { Length: > 0 } name || element.HasAttribute("disabled")) continue;
            if (fields.ContainsKey(name)) continue;
            if (element is IHtmlInputElement input)
            {
                if (input.Type is "submit" or "button" or "image" or "file" || input.Type is "checkbox" or "radio" && !input.IsChecked) continue;
                values.Add(new(name, input.Value));
            }
            else if (element is IHtmlSelectElement select) values.AddRange(select.Options.Where(o => o.IsSelected).Select(o => KeyValuePair.Create(name, o.Value)));
            else if (element is IHtmlTextAreaElement area) values.Add(new(name, area.Value));
        }

        values.AddRange(fields);
        var action = form.GetAttribute("action") is { Length: > 0 } own ? own : Path;
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(values) });
    }

    /// <summary>Sends a request of any kind, such as one with files, and reads the answer like a page.</summary>
    public async Task<PageClient> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await http.SendAsync(request);
            if (follow && answer.StatusCode == HttpStatusCode.Redirect)
            {
                Assert.True(++hops <= 5, $"{answer.Headers.Location} leads round in a circle.");
                return await SendAsync(new HttpRequestMessage(HttpMethod.Get, answer.Headers.Location));
            }

            hops = 0;
            (Status, Path) = (answer.StatusCode, answer.RequestMessage!.RequestUri!.PathAndQuery);
            Body = await answer.Content.ReadAsStringAsync();
            Page = Parser.ParseDocument(answer.Content.Headers.ContentType?.MediaType == "text/html" ? Body : "");
        }

        return this;
    }
}
