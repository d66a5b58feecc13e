"""How the application writes its log: one JSON object a line, with time (UTC), level and event."""

import logging
import sys

import structlog

from svarhus.app.secrecy import masked

# Without the values of local variables: they can be callers' numbers, and tokens.
_TRACEBACKS = structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def write_json_lines(level: str) -> None:
    """Let all loggers, ours and those of libraries, write so to standard output."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, _TRACEBACKS, _mask, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stdout),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _TRACEBACKS,
                _mask,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=LEVELS[level], force=True)
    # A line for every query or access would be most of the log.
    for name in ("sqlalchemy", "uvicorn.access", "aiohttp.access", "asyncio", "svarhus.websocket"):
        logging.getLogger(name).setLevel(max(LEVELS[level], logging.WARNING))


def _mask(_logger: object, _method: str, line: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {name: masked(value) for name, value in line.items()}
