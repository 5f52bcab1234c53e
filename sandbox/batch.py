"""Multipart batches, as googleapiclient's BatchHttpRequest sends and reads them."""

import random
import secrets
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl, unquote, urlsplit

from werkzeug.datastructures import Headers, MultiDict
from werkzeug.http import HTTP_STATUS_CODES

from .errors import ApiError
from .wire import Answer, Call

WARN_ABOVE = 50
LIMIT = 1000


def handle(world, call, run_part):
    """Run every part with ``run_part`` (None: the part gets no answer)."""
    parts = _parts(call)
    if len(parts) > LIMIT:
        message = f"The batch request contains too many calls: {len(parts)}."
        raise ApiError(400, "badRequest", message)
    if len(parts) > WARN_ABOVE:
        world.warn(f"batch of more than {WARN_ABOVE} parts")
    answers = [(cid, run_part(part)) for cid, part in _in_some_order(world, parts)]
    boundary = f"batch_{secrets.token_hex(12)}"
    written = [_written(cid, answer) for cid, answer in answers if answer]
    lines = b"".join(b"--%s\r\n%s\r\n" % (boundary.encode(), text) for text in written)
    body = lines + b"--%s--\r\n" % boundary.encode()
    return Answer(200, body, {}, f"multipart/mixed; boundary={boundary}")


def _in_some_order(world, parts):
    """Google promises no order; the world's switch makes that visible."""
    if world.paging.random_order is not None:
        random.Random(world.paging.random_order).shuffle(parts)
    return parts


def _parts(call):
    content_type = call.headers.get("Content-Type", "")
    if not content_type.startswith("multipart/mixed"):
        raise ApiError(400, "badRequest", "Batch requests must be multipart/mixed.")
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + call.body)
    if not message.is_multipart():
        raise ApiError(400, "badRequest", "Failed to parse batch request.")
    parts = [_part(part) for part in message.iter_parts()]
    if not parts:
        raise ApiError(400, "badRequest", "The batch request is empty.")
    return parts


def _part(part):
    """(Content-ID, Call) of one application/http part."""
    if part.get_content_type() != "application/http":
        raise ApiError(400, "badRequest", "Batch parts must be application/http.")
    raw = part.get_payload(decode=True)
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    first, *lines = head.decode().split("\n")
    try:
        http_method, target = first.split(" ")[:2]
    except ValueError:
        raise ApiError(400, "badRequest", "Failed to parse batch request.") from None
    pairs = [line.partition(":") for line in lines if ":" in line]
    headers = Headers([(name.strip(), value.strip()) for name, _, value in pairs])
    url = urlsplit(target)
    args = MultiDict(parse_qsl(url.query, keep_blank_values=True))
    call = Call(http_method, unquote(url.path), args, headers, body, in_batch=True)
    return part.get("Content-ID", ""), call


def _written(content_id, answer):
    """One part of the outer answer, Content-ID echoed as Google does."""
    payload = answer.payload()
    reason = HTTP_STATUS_CODES.get(answer.status, "Unknown")
    headers = {**answer.headers, "Content-Type": answer.content_type}
    inner = [f"HTTP/1.1 {answer.status} {reason}"]
    inner += [f"{name}: {value}" for name, value in headers.items()]
    inner.append(f"Content-Length: {len(payload)}")
    outer = ["Content-Type: application/http"]
    if content_id:
        outer.append(f"Content-ID: <response-{content_id.strip('<>')}>")
    text = "\r\n".join([*outer, "", *inner, "", ""])
    return text.encode() + payload
