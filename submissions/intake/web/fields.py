"""Form fields that take what people really type."""

from typing import Any

import phonenumbers
from django import forms
from django.core.files.uploadedfile import UploadedFile

from submissions.cleaning import clean_text, one_line

PHONE_REGION = "US"
"""Numbers without a country code are read as numbers of this country."""


class LineField(forms.CharField):
    """One line of text, cleaned."""

    def to_python(self, value: Any) -> str:
        """Return it without line ends, control characters and characters that deceive the eye."""
        typed = str(value or "")
        return super().to_python(one_line(typed, len(typed))) or ""


class LinesField(forms.CharField):
    """Text of several lines, cleaned."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Return it with plain line ends and without control characters."""
        return super().to_python(clean_text(str(value or ""))) or ""


class PhoneField(LineField):
    """A phone number as people write it; its value is E.164, with `;ext=` where an extension was given."""

    widget = forms.TextInput(attrs={"type": "tel"})

    def clean(self, value: Any) -> str:
        """Return the number, or raise ValidationError saying how to write one."""
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            number = phonenumbers.parse(typed, PHONE_REGION)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise forms.ValidationError(
                "This is not a whole phone number. Write it with its area code, such as 307 555 0134, "
                "or with + and the country code."
            )
        extension = f";ext={number.extension}" if number.extension else ""
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension


class FilesInput(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return all that were chosen."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Several files; its value is a list, whose items are judged by uploads.py."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Return the files that came."""
        return [file for file in data or [] if file]
