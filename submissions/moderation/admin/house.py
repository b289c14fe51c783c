"""The house's own texts and rules: policy, disclaimers, reply texts, addresses, the newspaper itself."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from submissions.models import ContactAddress, Disclaimer, HousePolicy, Paper, ReplyText
from submissions.models.house_policy import IDENTITY_FIELDS
from submissions.moderation.admin.versions import KeptAdmin, LinesField
from submissions.moderation.forms.base import local_time


class HousePolicyForm(forms.ModelForm):  # type: ignore[type-arg]
    """One version of the rules, its lists as lines and ticks."""

    in_force_from = forms.DateTimeField(
        widget=local_time(), initial=timezone.now, help_text="A time that has passed means now."
    )
    required_fields = forms.MultipleChoiceField(
        choices=[(name, name) for name in IDENTITY_FIELDS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Email or phone suffices for an answer, whatever is ticked.",
    )
    attachment_types = LinesField(required=False, help_text="Media types, one a line, such as image/jpeg.")
    rules_text = LinesField(required=False, help_text="The rules as readers see them, one sentence a line.")

    class Meta:
        model = HousePolicy
        exclude = ["number"]  # noqa: DJ006 a field that is added later belongs on the form too


@admin.register(HousePolicy)
class HousePolicyAdmin(KeptAdmin):
    """The rules. Saving makes a new version: what a writer agreed to stays on file."""

    form = HousePolicyForm
    list_display = ["__str__", "in_force_from", "max_words", "cadence_days", "proof", "decline_writes"]
    list_filter = ["kind"]
    save_on_top = True

    def save_model(self, request: HttpRequest, obj: HousePolicy, form: Any, change: bool) -> None:  # noqa: FBT001
        """Store what was typed as the kind's next version, in force from now unless a later day was typed."""
        obj.in_force_from = max(obj.in_force_from, timezone.now())
        versions = HousePolicy.objects.select_for_update().filter(kind=obj.kind).order_by("-number")
        newest = versions.first()
        obj.pk, obj.number = None, (newest.number if newest else 0) + 1
        obj._state.adding = True
        obj.save(force_insert=True)


@admin.register(Disclaimer)
class DisclaimerAdmin(KeptAdmin):
    """Disclaimers. One that stands under a published piece stays as it is; changing it makes its next version."""

    list_display = ["__str__", "active", "placement", "condition", "for_letters", "for_opinion", "used_at"]
    list_filter = ["active", "condition"]
    exclude = ("number",)
    free = {"active", "position"}

    def get_readonly_fields(self, request: HttpRequest, obj: Disclaimer | None = None) -> list[str]:
        """Its code is its name for good."""
        return ["code", "used_at"] if obj else []

    def save_model(self, request: HttpRequest, obj: Disclaimer, form: Any, change: bool) -> None:  # noqa: FBT001
        """Change an unused one in place; of a used one make the next version and put it in the old one's stead."""
        old = Disclaimer.objects.select_for_update().get(pk=obj.pk) if change else None
        if old is None or old.used_at is None or set(form.changed_data) <= self.free:
            obj.save()
            return
        Disclaimer.objects.filter(code=obj.code).update(active=False)
        newest = Disclaimer.objects.filter(code=obj.code).order_by("-number").values_list("number", flat=True)[0]
        obj.pk, obj.number, obj.used_at = None, newest + 1, None
        obj._state.adding = True
        obj.save(force_insert=True)


@admin.register(ReplyText)
class ReplyTextAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Prepared answers."""

    list_display = ["label", "code", "action", "subject", "position"]
    search_fields = ["label", "subject", "text"]


@admin.register(ContactAddress)
class ContactAddressAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The lines of the contact page."""

    list_display = ["desk", "address", "purpose", "position"]


@admin.register(Paper)
class PaperAdmin(KeptAdmin):
    """The one newspaper."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one."""
        return False
