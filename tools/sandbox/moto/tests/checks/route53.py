from .check import ClientFactory, check


@check("accept_log_group_arns_without_suffix")
def queries_are_logged_to_a_group_named_without_suffix(aws: ClientFactory) -> None:
    route53 = aws("route53")
    zone = route53.create_hosted_zone(Name="logged.test", CallerReference="logged")["HostedZone"]["Id"]
    arn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/logged.test"
    aws("logs", "us-east-1").create_log_group(logGroupName="/aws/route53/logged.test")
    config = route53.create_query_logging_config(HostedZoneId=zone, CloudWatchLogsLogGroupArn=arn)
    assert config["QueryLoggingConfig"]["CloudWatchLogsLogGroupArn"] == arn
