"""A real browser for tests (Debian's chromium; without it they are skipped), and the accessibility rules run in it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once a run. The loop that playwright runs in this thread is none of Django's business."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI"):
            pytest.fail(f"{CHROMIUM} is missing")
        pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_page(chromium: Browser, live_server: Any) -> Iterator[NewPage]:
    """Open pages: `new_page("/contact/", dark=True, width=360, javascript=False)`. Errors on a page fail the test."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def opened(path: str = "", *, dark: bool = False, width: int = 0, javascript: bool = True, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            color_scheme="dark" if dark else "light",
            viewport={**PHONE, "width": width} if width else DESKTOP,
            java_script_enabled=javascript,
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: trouble.append(said.text) if _is_trouble(said) else None)
        if path:
            page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []


def _is_trouble(said: Any) -> bool:
    """Whether a line on the console is an error of the page's own: a page that says 4xx or 5xx is none."""
    return said.type == "error" and "Failed to load resource" not in said.text


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Return what is not accessible on a page: one line for each rule that it breaks, with the places."""
    rules = Axe()

    def violations(page: Page) -> list[str]:
        found = rules.run(page, options=RULES).response["violations"]
        return [f"{item['id']}: {[node['html'][:120] for node in item['nodes']]}" for item in found]

    return violations


def sticks_out(page: Page) -> bool:
    """Whether the page must be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
