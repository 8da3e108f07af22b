using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>What all figures have in common: fonts, colours, frames.</summary>
internal static class FigureStyle
{
    public const double Width = 640;
    public const double Height = 440;
    public const double FontSize = 14;

    // Okabe and Ito's palette, which the colour-blind can tell apart.
    public static readonly OxyColor Blue = OxyColor.FromRgb(0x00, 0x72, 0xB2);
    public static readonly OxyColor Vermilion = OxyColor.FromRgb(0xD5, 0x5E, 0x00);
    public static readonly OxyColor Green = OxyColor.FromRgb(0x00, 0x9E, 0x73);
    public static readonly OxyColor Gray = OxyColor.FromRgb(0x80, 0x80, 0x80);
    public static readonly OxyColor GridColor = OxyColor.FromRgb(0xE4, 0xE4, 0xE4);

    private static readonly OxyColor Ink = OxyColor.FromRgb(0x26, 0x26, 0x26);

    /// <summary>An empty figure. Simulated data are called so in the title.</summary>
    public static PlotModel Create(string title, string? subtitle, bool isSimulated) => new()
    {
        Title = isSimulated ? title + " (simulated data)" : title,
        Subtitle = subtitle,
        Background = OxyColors.White,
        DefaultFont = "Arial",
        DefaultFontSize = FontSize,
        TitleFontSize = 16,
        TitleFontWeight = FontWeights.Normal,
        SubtitleFontSize = 13,
        SubtitleColor = Gray,
        TextColor = Ink,
        PlotAreaBorderColor = Ink,
        PlotAreaBorderThickness = new OxyThickness(1, 0, 0, 1),
        Padding = new OxyThickness(12, 12, 20, 12),
    };

    /// <summary>A linear axis in the figures' style; its range and grid are for the caller to set.</summary>
    public static LinearAxis CreateAxis(AxisPosition position, string title, bool grid = false) => new()
    {
        Position = position,
        Title = title,
        AxisTitleDistance = 14,
        TickStyle = TickStyle.Outside,
        TicklineColor = Ink,
        MinorTickSize = 0,
        MinimumPadding = 0,
        MaximumPadding = 0,
        IntervalLength = 50,
        MajorGridlineStyle = grid ? LineStyle.Solid : LineStyle.None,
        MajorGridlineColor = GridColor,
    };

    /// <summary>A logarithmic axis in the figures' style, with a little room on both sides.</summary>
    public static LogarithmicAxis CreateLogarithmicAxis(AxisPosition position, string title, bool grid = false) => new()
    {
        Position = position,
        Title = title,
        AxisTitleDistance = 14,
        TickStyle = TickStyle.Outside,
        TicklineColor = Ink,
        MinorTickSize = 3,
        MinimumPadding = 0.05,
        MaximumPadding = 0.05,
        MajorGridlineStyle = grid ? LineStyle.Solid : LineStyle.None,
        MajorGridlineColor = GridColor,
    };

    /// <summary>An axis of angles from 0 to <paramref name="period"/> with a tick at each quarter, as the tutorial's.</summary>
    public static LinearAxis CreateAngleAxis(AxisPosition position, string title, double period)
    {
        var axis = CreateAxis(position, title);
        (axis.Minimum, axis.Maximum, axis.MajorStep) = (0, period, period / 4);
        return axis;
    }

    /// <summary>A legend in one line above the plot, where it cannot hide data.</summary>
    public static Legend CreateLegend() => new()
    {
        LegendPlacement = LegendPlacement.Outside,
        LegendPosition = LegendPosition.TopCenter,
        LegendOrientation = LegendOrientation.Horizontal,
        LegendBorderThickness = 0,
        LegendFontSize = FontSize,
        LegendSymbolLength = 24,
        LegendItemSpacing = 28,
        LegendMargin = 4,
    };

    /// <summary>Points that show where they overlap.</summary>
    public static ScatterSeries CreatePoints() => new()
    {
        MarkerType = MarkerType.Circle,
        MarkerSize = 3,
        MarkerFill = OxyColor.FromAColor(190, Blue),
    };
}
