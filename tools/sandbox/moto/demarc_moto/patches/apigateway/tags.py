"""Tags of all that API Gateway can tag."""

import json
from typing import Any
from urllib.parse import unquote

from moto.apigateway import urls
from moto.apigateway.exceptions import NotFoundException
from moto.apigateway.responses import APIGatewayResponse

from ...gateway_arns import resource_of
from ...patching import wrap

# The server has read an ARN's escapes by then; moto takes those of stages only.
urls.url_paths["{0}/tags/(?P<resourceArn>arn:.+)$"] = APIGatewayResponse.dispatch


def _named(response: APIGatewayResponse) -> Any:
    arn = unquote(response.path.split("/tags/")[1])
    found = resource_of(response.backend, arn)
    if found is None:
        raise NotFoundException(f"Invalid resource identifier specified: {arn}")
    return found


@wrap(APIGatewayResponse, "get_tags")
def tell_the_tags_of_every_kind(_original: Any, response: APIGatewayResponse) -> str:
    """moto knows tags of stages only."""
    return json.dumps({"tags": _named(response).tags or {}})


@wrap(APIGatewayResponse, "tag_resource")
def tag_every_kind(_original: Any, response: APIGatewayResponse) -> str:
    """moto tags stages only."""
    found = _named(response)
    found.tags = {**(found.tags or {}), **response._get_param("tags")}
    return ""


@wrap(APIGatewayResponse, "untag_resource")
def untag_every_kind(_original: Any, response: APIGatewayResponse) -> str:
    """moto untags stages only."""
    found = _named(response)
    found.tags = {key: value for key, value in (found.tags or {}).items() if key not in response.querystring["tagKeys"]}
    return ""
