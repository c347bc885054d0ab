"""Starlette, on uvicorn. FastAPI's requests are Starlette's."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route


async def cookies(request):
    return JSONResponse(list(request.cookies.items()))


uvicorn.run(Starlette(routes=[Route("/", cookies)]), host="127.0.0.1", port=int(sys.argv[1]))
