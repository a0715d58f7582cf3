"""Joining and leading in Chromium: with and without scripts, on a laptop and a phone, on plain http over a LAN."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, BrowserType, Page, expect
from starlette.applications import Starlette

from codesign.app import create_app
from codesign.settings import Settings
from codesign.web.first_run import first_run
from codesign.web.house import House
from tests.services import serve
from tests.store.prepared import lay_sqlite

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text("utf-8")
SMALL_TARGETS = """() => {
  const controls = "a[href], button, summary, label:has(input), select, input:not([type=hidden], [type=radio])";
  const left = ".sr, .sr *, .skip, p a, .tip a";
  // What catches presses around a control that looks smaller.
  const grown = (el) => {
    const around = getComputedStyle(el, "::after");
    const catches = around.position === "absolute" && around.content !== "none";
    return catches ? 2 * Math.max(0, -parseFloat(around.top) || 0) : 0;
  };
  return [...document.querySelectorAll(controls)]
    .filter((el) => el.checkVisibility() && !el.matches(left))
    .map((el) => [el, el.getBoundingClientRect().width + grown(el), el.getBoundingClientRect().height + grown(el)])
    .filter(([, width, height]) => width < 43.5 || height < 43.5)
    .map(([el, width, height]) => `${el.outerHTML.slice(0, 80)} ${width}x${height}`);
}"""
LAPTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


class Site:
    def __init__(self, address: str, app: Starlette) -> None:
        self.url = f"http://{address}"
        self.port = address.rpartition(":")[2]
        self.app = app

    @property
    def house(self) -> House:
        house: House = self.app.state.house
        return house


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    lay_sqlite(tmp_path / "codesign.db")
    app = create_app(Settings(data=tmp_path, secret="a secret that only tests have, long enough"))  # type: ignore[arg-type]
    async with serve(app) as address:
        yield Site(address, app)


@pytest.fixture
async def lead(site: Site, new_context: Any) -> Page:
    """Elira, signed in by the one-time link, at home."""
    first = await first_run(site.house, demo=False)
    page: Page = await (await new_context(viewport=LAPTOP, locale="en-GB")).new_page()
    await page.goto(site.url + first.link)
    await page.get_by_label("Your name").fill("Elira Hoxha")
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Elira")
    return page


async def make_workshop(lead: Page) -> str:
    """Made by its form; the link for participants."""
    await lead.get_by_role("link", name="New workshop").first.click()
    await lead.get_by_label("What do you ask people?").fill("What makes it hard?")
    await lead.get_by_label("Cities that come").fill("Kutaisi\nNiš\nTirana")
    await lead.get_by_role("button", name="Make the workshop").click()
    return await lead.get_by_label("Link", exact=True).input_value()


async def join(context: BrowserContext, link: str, name: str) -> Page:
    page = await context.new_page()
    await page.goto(link)
    await page.locator("#name").fill(name)
    await page.locator("label.pick").first.click()
    await page.locator("#name").press("Enter")
    await expect(page).to_have_url(re.compile("/b/"))
    return page


async def test_a_guest_joins_by_keyboard_and_is_the_same_person_in_a_second_tab(
    lead: Page, new_context: Any
) -> None:
    link = await make_workshop(lead)
    context = await new_context(viewport=LAPTOP, locale="en-GB")
    page = await context.new_page()
    await page.goto(link)
    await expect(page.locator("#name")).to_be_focused()
    await page.keyboard.type("Tamar")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/b/"))
    person = await page.locator("#board").get_attribute("data-person")
    second = await context.new_page()
    await second.goto(link)
    await expect(second).to_have_url(re.compile("/b/"))
    assert await second.locator("#board").get_attribute("data-person") == person


@pytest.mark.long
async def test_joining_needs_no_scripts(lead: Page, new_context: Any) -> None:
    link = await make_workshop(lead)
    context = await new_context(viewport=PHONE, java_script_enabled=False, locale="sq-AL")
    page = await context.new_page()
    await page.goto(link)
    await page.locator("#name").fill("Besa")
    await page.locator("button.lang[value=en]").click()
    await expect(page.locator("#name")).to_have_value("Besa")
    await page.locator("label.pick", has_text="Tirana").click()
    await page.get_by_role("button", name="Join the workshop").last.click()
    await expect(page).to_have_url(re.compile("/b/"))


async def test_a_whole_workshop_on_plain_http_over_a_lan(
    site: Site, browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> None:
    """A mapped host is no secure context: no clipboard, no randomUUID, no service worker, no Sec-Fetch-Site."""
    first = await first_run(site.house, demo=False)
    args = [*browser_type_launch_args["args"], "--host-resolver-rules=MAP board.lan 127.0.0.1"]
    browser: Browser = await browser_type.launch(**{**browser_type_launch_args, "args": args})
    try:
        elira = await (await browser.new_context(locale="en-GB")).new_page()
        await elira.goto(f"http://board.lan:{site.port}{first.link}")
        assert await elira.evaluate("isSecureContext") is False
        await elira.get_by_label("Your name").fill("Elira")
        await elira.get_by_role("button", name="Sign in").click()
        await expect(elira.get_by_text("This address has no https.")).to_be_visible()
        link = await make_workshop(elira)
        assert link.startswith(f"http://board.lan:{site.port}/join/")
        await elira.get_by_role("link", name="Copy link").first.click()
        await expect(elira.get_by_role("status")).to_have_text("Copied")
        guest = await join(await browser.new_context(locale="en-GB"), link, "Tamar")
        cookies = await guest.context.cookies()
        assert {c["name"] for c in cookies} >= {"codesign_session", "codesign_lang"}
        assert all(not cookie["secure"] for cookie in cookies)
    finally:
        await browser.close()


async def test_the_lead_renames_removes_and_closes_without_leaving_the_page(
    lead: Page, new_context: Any
) -> None:
    link = await make_workshop(lead)
    guest = await join(await new_context(viewport=PHONE), link, "Tamar")
    board = guest.url
    row = lead.locator(".person", has_text="Tamar")
    await expect(row).to_be_visible(timeout=10_000)  # the list looks again by itself
    await lead.evaluate("window.isTheSamePage = true")
    await row.locator("summary").click()
    await row.get_by_label("First name").fill("Tamara")
    await row.get_by_role("button", name="Save").click()
    await expect(lead.locator(".person", has_text="Tamara")).to_be_visible()
    await expect(lead.get_by_role("status")).to_have_text("Saved")
    await expect(lead.locator(".person", has_text="Tamara").locator("summary")).to_be_focused()
    row = lead.locator(".person", has_text="Tamara")
    await row.locator("summary").click()
    await row.get_by_role("button", name="Remove from the workshop").click()
    await expect(lead.locator(".person.is-gone")).to_contain_text("Tamara")
    await lead.get_by_label("Closed").check()
    await lead.locator("#form-door button").click()
    await expect(lead.get_by_label("Closed")).to_be_checked()
    await expect(lead.locator("#form-door button")).to_be_focused()
    assert await lead.evaluate("window.isTheSamePage") is True
    answer = await guest.goto(board)
    assert answer is not None
    assert answer.status == 403
    await expect(guest.get_by_role("heading")).to_have_text("Elira has closed your place")


@pytest.mark.long
async def test_a_code_typed_in_georgian_on_a_phone_is_read_aloud_and_opens_the_join_page(
    lead: Page, new_context: Any
) -> None:
    await make_workshop(lead)
    code = await lead.locator(".today__code").inner_text()
    from codesign.web.codes import in_georgian

    page = await (await new_context(viewport=PHONE, locale="en-GB")).new_page()
    await page.goto(lead.url.partition("/workshops")[0])
    await expect(page.locator("#code")).to_be_focused()
    await page.keyboard.type(in_georgian(code))
    await expect(page.locator("[data-code-read]")).to_contain_text(code)
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/join/"))


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        pytest.param(LAPTOP, "light", marks=pytest.mark.long),
        pytest.param(LAPTOP, "dark", marks=pytest.mark.long),
        (PHONE, "dark"),
        pytest.param(PHONE, "light", marks=pytest.mark.long),
    ],
    ids=["laptop light", "laptop dark", "phone dark", "phone light"],
)
async def test_every_page_is_well_formed_for_everyone(
    site: Site, lead: Page, new_context: Any, size: Any, scheme: Any
) -> None:
    """axe, targets of 44 px, nothing wider than the window, nothing from elsewhere, in words 40 % longer."""
    link = await make_workshop(lead)
    manage = lead.url
    state = await lead.context.storage_state()
    for who, paths in (
        (None, ["/", "/privacy", "/sign-in", "/nothing", link.removeprefix(site.url)]),
        (state, ["/", "/workshops/new", "/password", manage.removeprefix(site.url)]),
    ):
        context = await new_context(viewport=size, color_scheme=scheme, storage_state=who)
        cookie = {"name": "codesign_lang", "value": "en-XA", "url": site.url}
        await context.add_cookies([cookie])
        page = await context.new_page()
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: said.append(message.text))  # noqa: B023
        page.on("pageerror", lambda error: said.append(str(error)))  # noqa: B023
        page.on("request", lambda request: asked.append(request.url))  # noqa: B023
        for path in paths:
            await page.goto(site.url + path)
            await page.wait_for_load_state("networkidle")
            assert await faults(page) == [], path
            wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, path
            assert await small_targets(page) == [], path
        assert [url for url in asked if not url.startswith(site.url)] == []
        assert [text for text in said if "404" not in text] == []


async def faults(page: Page) -> list[str]:
    await page.evaluate(AXE)
    found: list[str] = await page.evaluate(
        "async () => (await axe.run({ resultTypes: ['violations'] })).violations.flatMap((v) =>"
        " v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}`))"
    )
    return found


async def small_targets(page: Page) -> list[str]:
    """Controls less than 44 px high or wide, with what catches presses around them; links in sentences aside."""
    found: list[str] = await page.evaluate(SMALL_TARGETS)
    return found
