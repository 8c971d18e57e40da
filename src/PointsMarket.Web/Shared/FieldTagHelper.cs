using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Shared;

/// <summary>
/// A form field whole: label, control, hint, and the error beside it, tied together for a screen reader.
/// <code>&lt;field for="Input.Name" hint="Desk.Member.NameHint" autocomplete="off" /&gt;</code>
/// <c>items</c> makes it a select, <c>rows</c> a text area, <c>type</c> overrides the input's type; every other attribute goes to
/// the control. The label is the property's <c>[Display(Name = "key")]</c>, because the sentences of its errors name it too.
/// </summary>
[HtmlTargetElement("field", Attributes = "for", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldTagHelper(IHtmlGenerator generator, IStringLocalizer<Texts> texts) : TagHelper
{
    [HtmlAttributeName("for")]
    public required ModelExpression For { get; set; }

    /// <summary>Key of a line under the control.</summary>
    public string? Hint { get; set; }

    /// <summary>Input type; without it the one that fits the property.</summary>
    public string? Type { get; set; }

    /// <summary>Choices; makes the control a select.</summary>
    public IEnumerable<SelectListItem>? Items { get; set; }

    /// <summary>Lines; makes the control a text area.</summary>
    public int? Rows { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = TagBuilder.CreateSanitizedId(name, "_");
        var error = ViewContext.ViewData.ModelState.TryGetValue(name, out var state) && state.Errors.Count > 0
            ? state.Errors[0].ErrorMessage
            : null;

        var attributes = new TagHelperAttributeList(output.Attributes.Where(a => a.Name != "class"));
        attributes.SetAttribute("id", id);
        attributes.SetAttribute("class", $"input {output.Attributes["class"]?.Value}".TrimEnd());
        var describedBy = string.Join(' ', new[] { Hint is null ? null : id + "-hint", error is null ? null : id + "-error" }.OfType<string>());
        if (describedBy.Length > 0)
        {
            attributes.SetAttribute("aria-describedby", describedBy);
        }

        if (error is not null)
        {
            attributes.SetAttribute("aria-invalid", "true");
        }

        var control = await ControlAsync(context, attributes);
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        var tick = For.Metadata.UnderlyingOrModelType == typeof(bool) && Items is null;
        output.Attributes.SetAttribute("class", $"field{(tick ? " check" : "")}{(error is null ? "" : " wrong")}");
        var label = Line("label", "for", id, For.Metadata.DisplayName
            ?? throw new InvalidOperationException($"{For.Name} needs [Display(Name = \"key\")] for its label."));
        output.Content.AppendHtml(tick ? control : label).AppendHtml(tick ? label : control);
        if (Hint is not null)
        {
            output.Content.AppendHtml(Line("span", "id", id + "-hint", texts[Hint], "hint"));
        }

        if (error is not null)
        {
            output.Content.AppendHtml(Line("span", "id", id + "-error", error, "error"));
        }
    }

    private async Task<IHtmlContent> ControlAsync(TagHelperContext context, TagHelperAttributeList attributes)
    {
        var (tag, helper) = this switch
        {
            { Items: { } items } => ("select", new SelectTagHelper(generator) { For = For, Items = items, ViewContext = ViewContext }),
            { Rows: not null } => ("textarea", new TextAreaTagHelper(generator) { For = For, ViewContext = ViewContext }),
            _ => ("input", (TagHelper)new InputTagHelper(generator) { For = For, InputTypeName = Type, ViewContext = ViewContext }),
        };
        if (Rows is { } rows)
        {
            attributes.SetAttribute("rows", rows);
        }

        if (tag == "input" && Type is not null)
        {
            attributes.SetAttribute("type", Type);
        }

        var control = new TagHelperOutput(tag, attributes, (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()))
        {
            TagMode = tag == "input" ? TagMode.SelfClosing : TagMode.StartTagAndEndTag,
        };
        helper.Init(context);
        await helper.ProcessAsync(context, control);
        // Client-side validation attributes would be dead weight: the server words the errors.
        foreach (var unused in control.Attributes.Where(a => a.Name.StartsWith("data-val", StringComparison.Ordinal)).ToList())
        {
            control.Attributes.Remove(unused);
        }

        return control;
    }

    private static TagBuilder Line(string tag, string attribute, string value, string text, string? css = null)
    {
        var line = new TagBuilder(tag);
        line.Attributes[attribute] = value;
        if (css is not null)
        {
            line.AddCssClass(css);
        }

        line.InnerHtml.Append(text);
        return line;
    }
}
