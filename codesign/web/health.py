"""What machines ask: is the process alive, is it ready, how is it doing."""

from __future__ import annotations

import ipaddress

import sqlalchemy as sa
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from codesign.store.errors import StoreError
from codesign.web.errors import unknown
from codesign.web.house import house_of


async def healthz(request: Request) -> Response:
    """Alive: nothing else is looked at."""
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> Response:
    """Ready for people: the database answers, and nobody has asked us to stop."""
    house = house_of(request)
    if house.rooms.stopping:
        return JSONResponse({"status": "stopping"}, 503)
    try:
        async with house.database.read() as connection:
            await connection.execute(sa.text("SELECT 1"))
    except StoreError:
        return JSONResponse({"status": "no database"}, 503)
    return JSONResponse({"status": "ready", "database": house.database.kind})


async def metrics(request: Request) -> Response:
    """Numbers, for this machine only; through a proxy they are not to be had."""
    is_direct = "x-forwarded-for" not in request.headers
    if not (is_direct and request.client and _is_here(request.client.host)):
        raise unknown()
    body = generate_latest(house_of(request).rooms.gauges.registry)
    return Response(body, media_type=CONTENT_TYPE_LATEST)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
