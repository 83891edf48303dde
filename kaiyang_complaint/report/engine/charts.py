"""Charts for paper: bars and lines, in two tones that a copier keeps apart."""

from base64 import b64encode

import pygal
from markupsafe import Markup
from pygal.style import Style

STYLE = Style(
    font_family='"FangSong", "Noto Serif CJK SC", serif',
    background="transparent",
    plot_background="transparent",
    foreground="#000",
    foreground_strong="#000",
    foreground_subtle="#999",
    guide_stroke_color="#ccc",
    major_guide_stroke_color="#ccc",
    guide_stroke_dasharray="0",
    major_guide_stroke_dasharray="0",
    colors=("#1f4e79", "#b4c7dc", "#7f7f7f"),
    opacity="1",
    label_font_size=12,
    major_label_font_size=12,
    legend_font_size=12,
    value_font_size=12,
    value_label_font_size=12,
    value_colors=("#fff", "#000", "#fff"),
)
PICTURE = Markup('<img src="data:image/svg+xml;base64,{}"/>')
WIDTH, HEIGHT, ROW = 660, 200, 24
SQUARE = 5
LEGEND = {
    "margin_bottom": 24,
    "legend_at_bottom": True,
    "legend_at_bottom_columns": 3,
    "legend_box_size": 10,
}


def columns(labels, series):
    """Return upright bars, side by side for each label.

    :param series: pairs of a name and a number, or nothing, for each label
    """
    return _drawn(pygal.Bar, labels, series, height=HEIGHT, **LEGEND)


def bars(labels, values):
    """Return lying bars, the first one on top."""
    turned = [("", list(reversed(values)))]
    height = 60 + ROW * max(len(labels), 2)
    # The library takes characters for narrow ones; ours are square.
    left = SQUARE * max((len(label) for label in labels), default=0)
    return _drawn(
        pygal.HorizontalBar, list(reversed(labels)), turned, height=height, margin_left=left
    )


def _drawn(kind, labels, series, **options):
    highest = max((value or 0 for _name, values in series for value in values), default=0)
    chart = kind(
        style=STYLE,
        js=(),
        width=WIDTH,
        explicit_size=True,
        margin=6,
        truncate_label=-1,
        show_legend=len(series) > 1,
        print_values=True,
        formatter=lambda value: str(value) if value else "",
        y_labels=_steps(highest),
        no_data_text="",
        **options,
    )
    chart.x_labels = labels
    chart.value_formatter = str
    for name, values in series:
        chart.add(name, values)
    return PICTURE.format(b64encode(chart.render()).decode())


def _steps(highest):
    """Return whole numbers for the axis of figures: complaints come in no halves.

    >>> _steps(3), _steps(0), _steps(23)
    ([0, 1, 2, 3], [0, 1], [0, 5, 10, 15, 20, 25])
    """
    step = next(
        size * 10**power
        for power in range(9)
        for size in (1, 2, 5)
        if 5 * size * 10**power >= highest
    )
    return [step * number for number in range(max(-(-highest // step), 1) + 1)]
