"""A drawing that grows from the top."""

from dataclasses import dataclass, field

from ashar.web.charts import shapes

LINE = 18


@dataclass(slots=True)
class Sheet:
    """What is drawn so far, from the top; `height` grows."""

    outlines: list[shapes.Shape] = field(default_factory=list)
    words: list[shapes.Words] = field(default_factory=list)
    height: int = 0

    def label(self, text: str) -> None:
        """Write a label in one or two lines."""
        for line in shapes.lines_of(text):
            self.height += LINE
            self.words.append(shapes.Words(0, self.height - 5, line))

    def bar(self, ends: list[int], faces: list[int], text: str, thickness: int) -> None:
        """Lay one bar whose parts end at `ends`, and its number behind it."""
        start = 0
        self.outlines.append(shapes.Shape(f"M0 {self.height}v{thickness}", "chart-axis"))
        for end, face in zip(ends, faces, strict=True):
            self.outlines += shapes.box(start, self.height, end - start, thickness, face)
            start = end
        self.words.append(shapes.Words(start + shapes.BREATH, self.height + thickness - 4, text, "value"))
        self.height += thickness
