"""A refusal as each protocol of AWS writes it."""

import json
from xml.sax.saxutils import escape

from moto.core.responses import BaseResponse
from moto.s3.exceptions import S3ClientError
from werkzeug.exceptions import HTTPException

FORBIDDEN = 403
BAD_REQUEST = 400

XML = "text/xml"
JSON = "application/x-amz-json-1.1"


class Refused(HTTPException):
    """What moto answers at once where it is raised before a call is served."""

    def __init__(self, status: int, body: str) -> None:
        super().__init__(description=body)
        self.code = status


def refusal(response: BaseResponse, message: str) -> Exception:
    """What to raise so that the caller is refused."""
    if response.service_name == "s3":
        return S3ClientError("AccessDenied", message)
    # moto answers with these headers, and asks the exception for none.
    headers = response.response_headers
    if response.service_name == "apigateway":
        # Its protocol is REST: many a request has no body whose type could tell.
        headers |= {"Content-Type": "application/json", "x-amzn-ErrorType": "AccessDeniedException"}
        return Refused(FORBIDDEN, json.dumps({"message": message}))
    if "json" in (response.headers.get("Content-Type") or ""):
        headers |= {"Content-Type": JSON, "x-amzn-ErrorType": "AccessDeniedException"}
        body = json.dumps({"__type": "AccessDeniedException", "message": message})
        if response.service_name != "sqs":
            return Refused(BAD_REQUEST, body)
        # SDKs know SQS's errors by the codes that it had before it spoke JSON.
        headers["x-amzn-query-error"] = "AccessDenied;Sender"
        return Refused(FORBIDDEN, body)
    headers["Content-Type"] = XML
    return Refused(FORBIDDEN, _ec2(message) if response.service_name == "ec2" else _xml(message))


def _ec2(message: str) -> str:
    said = f"You are not authorized to perform this operation. {message}"
    error = f"<Error><Code>UnauthorizedOperation</Code><Message>{escape(said)}</Message></Error>"
    return f"<Response><Errors>{error}</Errors><RequestID>sandbox</RequestID></Response>"


def _xml(message: str) -> str:
    error = f"<Type>Sender</Type><Code>AccessDenied</Code><Message>{escape(message)}</Message>"
    return f"<ErrorResponse><Error>{error}</Error><RequestId>sandbox</RequestId></ErrorResponse>"
