"""The two forms: get, validate, hand to the one door, redirect."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from submissions.cleaning import one_line
from submissions.intake.web import throttle
from submissions.intake.web.arriving import arrival_of
from submissions.intake.web.forms import SubmissionForm
from submissions.intake.web.pages import Notice, form_page
from submissions.intake.web.together import receive_together
from submissions.intake.web.uploads import too_large
from submissions.models import HousePolicy, Kind, Submission

TOO_MANY = Notice(
    "Nothing is lost, but we cannot take it just now.",
    "Many texts have come from your network within an hour. Please wait a while, then press the button again.",
)


@method_decorator(never_cache, name="dispatch")
class SubmitView(View):
    """One form."""

    kind = Kind.LETTER

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form; `?in_response_to=` fills in what a reader answers."""
        answered = one_line(request.GET.get("in_response_to", ""), 500)
        return form_page(request, self._form(initial={"in_response_to": answered}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take what was sent, or show it again with what to mend. What the traps caught is answered like the rest."""
        form = self._form(request.POST, request.FILES, too_large=too_large(request))
        if not form.is_valid():
            return form_page(request, form, status=422)
        arrival = arrival_of(form)
        # A double click or a reload is no second letter, and costs nothing.
        known = Submission.objects.filter(identity=arrival.identity).only("reference").first()
        if known is None and not throttle.take(request, "submit", form.policy.posts_per_hour):
            response = form_page(request, form, status=429, notice=TOO_MANY)
            response["Retry-After"] = "1800"
            return response
        submission = known or receive_together(arrival)
        return HttpResponseRedirect(submission.get_absolute_url(), status=303)

    def _form(self, *args: Any, **kwargs: Any) -> SubmissionForm:
        return SubmissionForm(*args, policy=HousePolicy.objects.in_force(self.kind), **kwargs)
