"""The log: events for those who run the machine. No address of a person or page, no text that somebody typed."""

import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def frames_only(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its class and places in the code: a message may quote what a person wrote."""
    given = event.pop("exc_info", None)
    if not given:
        return event
    kind, _, trace = given if isinstance(given, tuple) else sys.exc_info()
    event["error"] = kind.__qualname__ if kind else "unknown"
    event["at"] = places(trace)
    return event


def places(trace: TracebackType | None) -> list[str]:
    """Places in our own code that an exception went through, and the very last one."""
    frames = traceback.extract_tb(trace)
    ours = [frame for frame in frames if "decapolis" in Path(frame.filename).parts] or list(frames[-1:])
    last = [frame for frame in frames[-1:] if frame not in ours]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in [*ours, *last]]


def without_request(record: logging.LogRecord) -> bool:
    """Of Django's own lines about requests keep that one failed, and nothing of its address; `RequestLog` says more."""
    record.msg, record.args = "request failed", ()
    return record.levelno >= logging.ERROR


def logging_settings(style: Literal["text", "json"]) -> dict[str, Any]:
    """Settings for `logging.config.dictConfig`; also sets structlog up, so that both write the same lines."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    quiet = {"handlers": ["requests"], "propagate": False, "level": "ERROR"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without_request": {"()": lambda: without_request}},
        "formatters": {"lines": {"()": structlog.stdlib.ProcessorFormatter, **_formatter(style)}},
        "handlers": {
            "lines": {"class": "logging.StreamHandler", "formatter": "lines"},
            "requests": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["without_request"]},
        },
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            "decapolis": {"level": "INFO"},
            "django": {"level": "WARNING"},
            "django.request": quiet,
            "django.security": quiet,
        },
    }


def _formatter(style: Literal["text", "json"]) -> dict[str, Any]:
    last: Processor = (
        structlog.processors.JSONRenderer() if style == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return {"foreign_pre_chain": _SHARED, "processors": [remove, frames_only, last]}
