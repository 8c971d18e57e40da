using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PointsMarket.Web.Shared;

/// <summary>A column heading that sorts: <c>&lt;th sort="points" list="Model.List"&gt;…&lt;/th&gt;</c>.</summary>
[HtmlTargetElement("th", Attributes = "sort,list")]
public sealed class SortTagHelper : TagHelper
{
    /// <summary>Name of the column, as in the address.</summary>
    public required string Sort { get; set; }

    public required ListQuery List { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.SetAttribute("scope", "col");
        var sorted = List.Sort == Sort;
        if (sorted)
        {
            output.Attributes.SetAttribute("aria-sort", List.Descending ? "descending" : "ascending");
        }

        var link = new TagBuilder("a") { TagRenderMode = TagRenderMode.StartTag };
        link.AddCssClass("sort");
        link.Attributes["href"] = List.LinkToSort(Sort);
        output.PreContent.AppendHtml(link);
        if (sorted)
        {
            output.PostContent.AppendHtml(Ui.Icon(List.Descending ? "arrow-down" : "arrow-up"));
        }

        output.PostContent.AppendHtml("</a>");
    }
}
