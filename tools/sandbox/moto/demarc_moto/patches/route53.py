"""Query logging as Route 53 accepts it."""

from typing import Any

from moto.route53.models import QueryLoggingConfig, Route53Backend

from ..patching import wrap


@wrap(Route53Backend, "create_query_logging_config")
def accept_log_group_arns_without_suffix(
    original: Any, backend: Route53Backend, hosted_zone_id: str, log_group_arn: str
) -> QueryLoggingConfig:
    """moto knows a log group only by its ARN with `:*` at the end.

    Route 53 takes the ARN with or without the suffix and returns it as it was sent.
    """
    suffix = ":*"
    config: QueryLoggingConfig = original(backend, hosted_zone_id, log_group_arn.removesuffix(suffix) + suffix)
    config.cloud_watch_logs_log_group_arn = log_group_arn
    return config
