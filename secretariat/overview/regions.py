"""Parts of a frame that have an address of their own: drawn into the first page, asked again later."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.functional import cached_property


@dataclass(frozen=True)
class Region:
    """`url` asks for the part again; `html` is what stands there now. `drawn` is (template, context)."""

    url: str
    drawn: tuple[str, dict]
    request: object = None

    @cached_property
    def html(self) -> str:
        template, context = self.drawn
        return render_to_string(template, context, request=self.request)
