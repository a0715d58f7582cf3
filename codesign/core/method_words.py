"""A method told in another language: the words that people read, beside the method's own file in English.

What is not translated stays in English. Codes, kinds and numbers are the method's own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field

from codesign.core.method import Axis, Declared, Method, Region, Sample, Sentence, Word


class AxisWords(Declared):
    title: Word
    low: Word
    high: Word


class MethodWords(Declared):
    title: Word
    aim: Sentence
    when: Sentence
    prompts: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    #: By id: the titles of regions and rows.
    regions: dict[str, Word] = Field(default_factory=dict)
    x: AxisWords | None = None
    y: AxisWords | None = None
    labels: dict[str, tuple[Word, ...]] = Field(default_factory=dict)
    #: In the order of the method's own.
    samples: tuple[Sentence, ...] = ()

    def respelled(self, spell: Callable[[str], str]) -> MethodWords:
        """The same in another script."""

        def all_of(value: Any) -> Any:
            if isinstance(value, str):
                return spell(value)
            if isinstance(value, dict):
                return {key: all_of(one) for key, one in value.items()}
            return tuple(map(all_of, value)) if isinstance(value, tuple) else value

        return MethodWords.model_validate(all_of(self.model_dump()))

    def misfit(self, method: Method) -> str:
        """Where these words are not the words of this method: the key, and what; empty where they are."""
        ids = {one.id for one in method.places}
        if strange := sorted(self.regions.keys() - ids):
            return f"regions: the method has no {strange[0]}"
        if missing := sorted(ids - self.regions.keys()):
            return f"regions: {missing[0]} is missing"
        if len(self.prompts) != len(method.prompts):
            return f"prompts: the method has {len(method.prompts)}"
        if self.samples and len(self.samples) != len(method.samples):
            return f"samples: the method has {len(method.samples)}"
        for name, words in self.labels.items():
            if len(words) != len(method.labels.get(name, ())):
                return f"labels: {name} has {len(method.labels.get(name, ()))} in the method"
        return next(
            (
                f"{name}: the method has none"
                for name in ("x", "y")
                if getattr(self, name) and not getattr(method, name)
            ),
            "",
        )

    def put_on(self, method: Method) -> Method:
        """The same method, read in this language."""
        return method.model_copy(
            update={
                "title": self.title,
                "aim": self.aim,
                "when": self.when,
                "prompts": self.prompts,
                "regions": tuple(map(self._region, method.regions)),
                "rows": tuple(map(self._region, method.rows)),
                "x": _axis(method.x, self.x),
                "y": _axis(method.y, self.y),
                "labels": method.labels | self.labels,
                "samples": self._samples(method.samples),
            }
        )

    def _region(self, region: Region) -> Region:
        return region.model_copy(update={"title": self.regions[region.id]})

    def _samples(self, ours: tuple[Sample, ...]) -> tuple[Sample, ...]:
        if not self.samples:
            return ours
        return tuple(
            sample.model_copy(update={"text": text})
            for sample, text in zip(ours, self.samples, strict=True)
        )


def _axis(axis: Axis | None, words: AxisWords | None) -> Axis | None:
    return axis.model_copy(update=words.model_dump()) if axis and words else axis
